// Walks down the columns of a matrix: one check if they cover it together.
// RUN: %heddle-cxx -fplugin-arg-heddle-no-summary -O2 -fno-unroll-loops -S -emit-llvm -o - %s | FileCheck %s
// RUN: %heddle-cxx -fplugin-arg-heddle-no-summary -O2 -S -emit-llvm -o - %s | FileCheck %s
constexpr int kRows = 64, kColumns = 48;
using Matrix = double[kRows][kColumns];

// CHECK-LABEL: @allColumns
// CHECK-NOT: heddle_read8
// CHECK: heddle_read_range(ptr %{{.*}}, i64 24576
// CHECK-NOT: heddle_read8
// CHECK: ret double
extern "C" double allColumns(const Matrix &M) {
  double Max = 0;
  for (int J = 0; J < kColumns; ++J) {
    double Sum = 0;
    for (int I = 0; I < kRows; ++I)
      Sum += M[I][J];
    Max = Sum > Max ? Sum : Max;
  }
  return Max;
}

// The last column is not read.
// CHECK-LABEL: @allButOneColumn
// CHECK-NOT: heddle_read_range
// CHECK: heddle_read8
extern "C" double allButOneColumn(const Matrix &M) {
  double Max = 0;
  for (int J = 0; J < kColumns - 1; ++J) {
    double Sum = 0;
    for (int I = 0; I < kRows; ++I)
      Sum += M[I][J];
    Max = Sum > Max ? Sum : Max;
  }
  return Max;
}

// CHECK-LABEL: @oneColumn
// CHECK-NOT: heddle_read_range
// CHECK: heddle_read8
extern "C" double oneColumn(const Matrix &M, int J) {
  double Sum = 0;
  for (int I = 0; I < kRows; ++I)
    Sum += M[I][J];
  return Sum;
}
