// Sorts integers: each thread a quarter with std::sort, then merges.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

constexpr size_t kCount = 2'000'000, kThreads = 4;

int main() {
  std::vector<uint32_t> Values(kCount);
  uint32_t State = 12345;
  for (uint32_t &X : Values)
    X = State = State * 1664525 + 1013904223;
  constexpr size_t Part = kCount / kThreads;
  std::vector<std::thread> Threads;
  for (size_t I = 0; I < kThreads; ++I)
    Threads.emplace_back([&Values, I] {
      std::sort(Values.begin() + I * Part, Values.begin() + (I + 1) * Part);
    });
  for (std::thread &T : Threads)
    T.join();
  std::vector<uint32_t> Merged(kCount);
  for (size_t Width = Part; Width < kCount; Width *= 2) {
    for (size_t At = 0; At < kCount; At += 2 * Width) {
      auto Middle = Values.begin() + At + Width;
      std::merge(Values.begin() + At, Middle, Middle, Middle + Width,
                 Merged.begin() + At);
    }
    Values.swap(Merged);
  }
  uint64_t Hash = 0;
  for (size_t I = 0; I < kCount; I += 1000)
    Hash = Hash * 31 + Values[I];
  std::printf("sort %llu\n", static_cast<unsigned long long>(Hash));
}
