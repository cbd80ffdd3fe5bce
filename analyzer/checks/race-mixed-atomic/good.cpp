// Atomics that are changed in one step, or by one strand.
#include <atomic>
#include <mutex>
#include <thread>

std::atomic<int> Hits, Other;
std::mutex M;

void hit() { Hits += 1; }
void hitAgain() { ++Hits; }
void byName() { Hits.fetch_add(1); }

// The one writer reads its own value: load and store say so.
void oneWriter() {
  Hits.store(Hits.load(std::memory_order_relaxed) + 1,
             std::memory_order_relaxed);
}

void copy() { Hits = Other + 1; }

void locked() {
  std::lock_guard Guard(M);
  Hits = Hits + 1;
}

void own() {
  std::atomic<int> N = 0;
  N = N + 1;
}

void exchange() {
  int Old = Hits;
  while (!Hits.compare_exchange_weak(Old, Old * 2))
    ;
}

// Before the thread starts, and after it has ended.
int ordered() {
  int Count = 0;
  ++Count;
  std::thread T([&] { __atomic_fetch_add(&Count, 1, __ATOMIC_SEQ_CST); });
  __atomic_fetch_add(&Count, 1, __ATOMIC_SEQ_CST);
  T.join();
  return ++Count;
}

// Two plain reads do not change anything.
int readOnly() {
  int Count = 3;
  int Seen = 0;
  std::thread T([&] { Seen = __atomic_load_n(&Count, __ATOMIC_ACQUIRE); });
  int Copy = Count;
  T.join();
  return Copy + Seen;
}
