// Inserts into and searches std::map, one tree a thread: allocation and
// pointer chasing.
#include <cstdint>
#include <cstdio>
#include <map>
#include <thread>
#include <vector>

constexpr int kThreads = 4, kKeys = 100'000;

static uint64_t insertAndFind(uint32_t Seed) {
  std::map<uint32_t, uint32_t> Tree;
  uint32_t State = Seed;
  for (int I = 0; I < kKeys; ++I) {
    State = State * 1664525 + 1013904223;
    ++Tree[State >> 12];
  }
  uint64_t Found = 0;
  for (int I = 0; I < kKeys; ++I) {
    State = State * 1664525 + 1013904223;
    if (auto It = Tree.find(State >> 12); It != Tree.end())
      Found += It->second;
  }
  return Found;
}

int main() {
  uint64_t Found[kThreads];
  std::vector<std::thread> Threads;
  for (int I = 0; I < kThreads; ++I)
    Threads.emplace_back([&, I] { Found[I] = insertAndFind(I + 1); });
  uint64_t Sum = 0;
  for (int I = 0; I < kThreads; ++I) {
    Threads[I].join();
    Sum += Found[I];
  }
  std::printf("tree %llu\n", static_cast<unsigned long long>(Sum));
}
