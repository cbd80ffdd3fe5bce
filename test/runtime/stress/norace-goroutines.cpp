// 10^6 goroutines are created, at most 10,000 of them alive, and each sends its
// number to a channel.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include "go/go.h"

static long Sum;

int main(int, char **Arguments) {
  constexpr int kBatch = 10000;
  long Created = 0, Wanted = 0;
  for (int Batch = 0; Batch < scaled(Arguments, 100); ++Batch) {
    auto Numbers = go::makeChan<long>(16);
    for (int I = 0; I < kBatch; ++I, ++Created)
      go::spawn([Numbers, Created] { Numbers.send(Created); });
    for (int I = 0; I < kBatch; ++I)
      Sum += Numbers.recv();
    Wanted += kBatch * (2 * Created - kBatch - 1) / 2;
  }
  return Sum == Wanted ? 0 : 3;
}
