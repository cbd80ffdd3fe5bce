// C: struct copies, atomics of structures, thread-local variables.
// RUN: %heddle-cc -fplugin-arg-heddle-no-summary -O0 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cc -fplugin-arg-heddle-no-summary -O2 -S -emit-llvm -o - %s | FileCheck %s
#include <stdatomic.h>
#include <string.h>

struct Large {
  char Bytes[300];
};
_Atomic struct {
  int A, B;
} Pair;
_Atomic int Number;
_Thread_local int Local;

// CHECK-LABEL: @assign
// CHECK: call ptr @heddle_mem{{cpy|move}}(ptr {{.*}}, i64 300
void assign(struct Large *A, struct Large *B) { *A = *B; }

// CHECK-LABEL: @count
// CHECK: @heddle_atomic32_fetch_add
int count(void) { return Number++ + Local++; }

// CHECK-LABEL: @copyPair
// CHECK: @heddle_atomic64_load
// CHECK: @heddle_atomic64_store
void copyPair(void) { Pair = Pair; }

// CHECK-LABEL: @clear
// CHECK: @heddle_memset
void clear(char *P, int N) { memset(P, 0, N); }
