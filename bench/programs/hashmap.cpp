// Counts in a hash map of 64 shards, each behind its own mutex: short critical
// sections, data that many threads touch in turn.
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

constexpr int kThreads = 4, kShards = 64, kUpdates = 300'000;

struct Shard {
  std::mutex M;
  std::unordered_map<uint32_t, uint64_t> Counts;
};

static Shard Shards[kShards];

static void update(uint32_t Seed) {
  uint32_t State = Seed;
  for (int I = 0; I < kUpdates; ++I) {
    State = State * 1664525 + 1013904223;
    uint32_t Key = (State >> 8) % 20'000;
    Shard &S = Shards[Key % kShards];
    std::lock_guard Lock(S.M);
    S.Counts[Key] += I % 3;
  }
}

int main() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < kThreads; ++I)
    Threads.emplace_back(update, I + 1);
  for (std::thread &T : Threads)
    T.join();
  uint64_t Sum = 0, Keys = 0;
  for (Shard &S : Shards)
    for (auto &[Key, Count] : S.Counts) {
      Sum += Count * (Key % 13);
      ++Keys;
    }
  std::printf("hashmap %llu %llu\n", static_cast<unsigned long long>(Keys),
              static_cast<unsigned long long>(Sum));
}
