// What the programs of this folder share: the least time of many batches, and
// the memory of the process.
//
// Each figure is the best of many short batches, so that other load on the
// machine, which takes the processor away for longer than a batch, is left out.
#ifndef HEDDLE_BENCH_GO_MEASURE_H
#define HEDDLE_BENCH_GO_MEASURE_H

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <unistd.h>

constexpr int kBatches = 300;
// Parked at once: as many as `go run -race` allows.
constexpr int kParked = 8000;

// Nanoseconds that Fn takes.
template <class F> double timeOf(F &Fn) {
  auto Begin = std::chrono::steady_clock::now();
  Fn();
  std::chrono::duration<double, std::nano> Spent =
      std::chrono::steady_clock::now() - Begin;
  return Spent.count();
}

// Prints nanoseconds an operation; a batch is N of them.
template <class F>
void report(const char *Name, int N, F Batch, int Batches = kBatches) {
  double Best = 1e18;
  for (int I = 0; I < Batches; ++I)
    Best = std::min(Best, timeOf(Batch) / N);
  std::printf("%s %.1f\n", Name, Best);
}

// The same, but the mean of all batches: of what meets another party by chance,
// the best batch is the one that met nobody.
template <class F>
void reportMean(const char *Name, int N, F Batch, int Batches) {
  double Sum = 0;
  for (int I = 0; I < Batches; ++I)
    Sum += timeOf(Batch) / N;
  std::printf("%s %.1f\n", Name, Sum / Batches);
}

inline double residentBytes() {
  long Size = 0, Resident = 0;
  if (FILE *F = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(F, "%ld %ld", &Size, &Resident) != 2)
      Resident = 0;
    std::fclose(F);
  }
  return double(Resident) * double(sysconf(_SC_PAGESIZE));
}

#endif
