// Accesses side by side: one check if they are made on one line and nothing
// comes between them.
// RUN: %heddle-cxx -fplugin-arg-heddle-no-summary -O2 -fno-slp-vectorize -S -emit-llvm -o - %s | FileCheck %s
#include <cstdint>
struct Three {
  int64_t A;
  int32_t B, C;
};
void other();

// CHECK-LABEL: @onOneLine
// CHECK-COUNT-1: call {{.*}}@heddle_write16
// CHECK-NOT: heddle_write
// CHECK: ret void
extern "C" void onOneLine(Three *P, int64_t X, int32_t Y) {
  // clang-format off
  P->B = Y; P->A = X; P->C = Y;
  // clang-format on
}

// Each line is to be named in its own report, but the test of B and C is
// simple, because A says where they lie.
// CHECK-LABEL: @onThreeLines
// CHECK-NOT: select
// CHECK: heddle_write8
// CHECK: heddle_write4
// CHECK: heddle_write4
// CHECK: ret void
extern "C" void onThreeLines(Three *P, int64_t X, int32_t Y) {
  P->A = X;
  P->B = Y;
  P->C = Y + 1;
}

// CHECK-LABEL: @callBetween
// CHECK: heddle_write8
// CHECK: heddle_write4
// CHECK: ret void
extern "C" void callBetween(Three *P, int64_t X) {
  // clang-format off
  P->A = X; other(); P->B = 1;
  // clang-format on
}

// Where the bytes lie in their cells is not known, and they fill none.
// CHECK-LABEL: @somewhere
// CHECK: heddle_write1
// CHECK: heddle_write1
// CHECK: ret void
extern "C" void somewhere(char *P) {
  // clang-format off
  P[0] = 1; P[1] = 2;
  // clang-format on
}

// CHECK-LABEL: @unrolled
// CHECK-NOT: heddle_read4
// CHECK: call {{.*}}@heddle_read_range(ptr %{{.*}}, i64 64,
// CHECK-NOT: heddle_read4
// CHECK: ret i32
extern "C" int32_t unrolled(const int32_t *P) {
  int32_t Best = 0;
#pragma clang loop unroll(full)
  for (int I = 0; I < 16; ++I)
    Best = Best * 5 ^ P[I];
  return Best;
}
