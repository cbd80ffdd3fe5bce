// Every optimisation level, with the config file and with the long form, gives
// valid code: language features that instrumentation might break.
// RUN: %heddle-cxx -O0 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -O1 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -O2 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -O3 -g -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -Os -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -O2 -flto=thin -c -o %t.o %s
// RUN: %clangxx -fplugin=%lib/heddle.so -fpass-plugin=%lib/heddle.so -fno-omit-frame-pointer -O2 -S -emit-llvm -o - %s | FileCheck %s
// CHECK: call preserve_mostcc void @heddle_
#include <csetjmp>
#include <stdexcept>
#include <string>

static jmp_buf Jump;
int Global;
thread_local int Local = 5;

int jumps(int *P) {
  if (setjmp(Jump))
    return *P;
  *P = 1;
  longjmp(Jump, 1);
}

int computedGoto(int *P, int I) {
  static void *Labels[] = {&&One, &&Two, &&Three};
  goto *Labels[I];
One:
  *P = 1;
  return 1;
Two:
  *P += 2;
  goto *Labels[*P % 3];
Three:
  return *P;
}

int odd(int *P, int N);
int even(int *P, int N) {
  *P += N;
  [[clang::musttail]] return odd(P, N - 1);
}
int odd(int *P, int N) {
  if (!N)
    return *P;
  [[clang::musttail]] return even(P, N);
}

int assembly(int *P) {
  int R;
  asm volatile("movl (%1), %0" : "=r"(R) : "r"(P) : "memory");
  *P = R + 1;
  asm goto("jmp %l0" ::: : Out);
  *P = 3;
Out:
  return *P;
}

struct Counted {
  ~Counted() { ++Global; }
};

void throws(int N, int *P) {
  Counted C;
  try {
    if (N)
      throw std::runtime_error(std::to_string(N));
    *P = 2;
  } catch (std::exception &E) {
    *P = E.what()[0];
    throw;
  }
}

__attribute__((naked)) void bare() { asm("ret"); }
asm(".globl heddleTestSymbol\nheddleTestSymbol: ret");

int variableLength(int N, void (*F)(int *)) {
  int Array[N];
  F(Array);
  return Array[0] + ++Local;
}

struct Large {
  int Values[40];
};
int byValue(Large L) { return L.Values[3]; }
int copies(Large *L) { return byValue(*L); }

long double Extended;
void extended() { Extended += 1; }
