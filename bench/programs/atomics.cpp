// Sums in parallel: threads take chunks of an array off an atomic counter and
// add to atomics of every common order.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

constexpr int kThreads = 4, kCount = 4'000'000, kChunk = 16;

int main() {
  std::vector<uint32_t> Values(kCount);
  for (int I = 0; I < kCount; ++I)
    Values[I] = static_cast<uint32_t>(I) * 2654435761u >> 20;
  std::atomic<int> Next{0};
  std::atomic<uint64_t> Sum{0}, Chunks{0};
  std::atomic<uint32_t> Greatest{0};
  auto Work = [&] {
    for (;;) {
      int At = Next.fetch_add(kChunk, std::memory_order_relaxed);
      if (At >= kCount)
        return;
      uint64_t Local = 0;
      uint32_t Best = 0;
      for (int I = At; I < At + kChunk; ++I) {
        Local += Values[I];
        Best = std::max(Best, Values[I]);
      }
      Sum.fetch_add(Local, std::memory_order_acq_rel);
      Chunks.fetch_add(1);
      uint32_t Seen = Greatest.load(std::memory_order_acquire);
      while (Seen < Best && !Greatest.compare_exchange_weak(Seen, Best))
        ;
    }
  };
  std::vector<std::thread> Threads;
  for (int I = 0; I < kThreads; ++I)
    Threads.emplace_back(Work);
  for (std::thread &T : Threads)
    T.join();
  std::printf("atomics %llu %llu %u\n",
              static_cast<unsigned long long>(Sum.load()),
              static_cast<unsigned long long>(Chunks.load()), Greatest.load());
}
