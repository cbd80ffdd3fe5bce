// What single operations cost, in nanoseconds: built native, with Heddle and
// with ThreadSanitizer by bench/micro.py, which prints the ratios.
//
// A second thread exists all the while, since a strand that is alone is not
// recorded. Time is this thread's processor time, the least of some repeats:
// other programs do not count.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <thread>
#include <vector>

namespace {

constexpr long kRounds = 2'000'000;
constexpr int kRepeats = 5;
constexpr long kWords = 4096;
alignas(64) uint64_t Words[kWords];
alignas(64) uint64_t Single;
alignas(64) std::atomic<uint64_t> Counter, Flag;
alignas(64) std::mutex Mutex;

double nanosNow() {
  timespec T;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &T);
  return double(T.tv_sec) * 1e9 + double(T.tv_nsec);
}

// What the compiler may not look through.
template <class T> void keep(T &X) { asm volatile("" : "+r"(X)); }

template <class F> void measure(const char *Name, F Operation) {
  double Best = 1e9;
  for (int Repeat = 0; Repeat < kRepeats; ++Repeat) {
    double Begin = nanosNow();
    for (long I = 0; I < kRounds; ++I)
      Operation(I);
    Best = std::min(Best, (nanosNow() - Begin) / double(kRounds));
  }
  std::printf("%s\t%.2f\n", Name, Best);
}

uint64_t *word(long I) {
  uint64_t *P = &Words[I & (kWords - 1)];
  keep(P);
  return P;
}

// A release: ends the epoch.
void endEpoch(long I) {
  if ((I & (kWords - 1)) == 0)
    std::lock_guard Hold(Mutex);
}

[[gnu::noinline]] void touch(uint64_t *P) { *P = 1; }

void measureAccesses() {
  measure("same-cell write", [](long I) {
    uint64_t *P = &Single;
    keep(P);
    *P = uint64_t(I);
  });
  measure("8-byte read", [](long I) {
    uint64_t X = *word(I);
    keep(X);
  });
  measure("first write of an epoch", [](long I) {
    endEpoch(I);
    *word(I) = 1;
  });
  measure("first read of an epoch", [](long I) {
    endEpoch(I);
    uint64_t X = *word(I);
    keep(X);
  });
  measure("call and access", [](long) { touch(&Single); });
}

void measureSynchronisation() {
  measure("relaxed fetch_add",
          [](long) { Counter.fetch_add(1, std::memory_order_relaxed); });
  measure("acq_rel fetch_add",
          [](long) { Flag.fetch_add(1, std::memory_order_acq_rel); });
  measure("release store",
          [](long I) { Flag.store(uint64_t(I), std::memory_order_release); });
  measure("acquire load", [](long) {
    uint64_t X = Flag.load(std::memory_order_acquire);
    keep(X);
  });
  measure("mutex pair", [](long) { std::lock_guard Hold(Mutex); });
  measure("malloc and free", [](long) {
    void *P = std::malloc(48);
    keep(P);
    std::free(P);
  });
  measure("malloc, 6 writes, free", [](long) {
    auto *P = static_cast<uint64_t *>(std::malloc(48));
    keep(P);
    for (int I = 0; I < 6; ++I)
      P[I] = 1;
    keep(P);
    std::free(P);
  });
}

long residentKib() {
  long Pages = 0, Resident = 0;
  std::FILE *F = std::fopen("/proc/self/statm", "r");
  if (!F || std::fscanf(F, "%ld %ld", &Pages, &Resident) != 2)
    std::abort();
  std::fclose(F);
  return Resident * 4;
}

// Threads that have called, locked, allocated and written 16 KiB each.
void measureMemory() {
  constexpr int kThreads = 64;
  std::barrier Busy(kThreads + 1), Done(kThreads + 1);
  long Before = residentKib();
  std::vector<std::thread> Threads;
  for (int I = 0; I < kThreads; ++I)
    Threads.emplace_back([&] {
      std::vector<uint64_t> Mine(2048);
      for (uint64_t &X : Mine) {
        uint64_t *P = &X;
        keep(P);
        touch(P);
        if (X % 64 == 0)
          std::lock_guard Hold(Mutex);
      }
      Busy.arrive_and_wait();
      Done.arrive_and_wait();
    });
  Busy.arrive_and_wait();
  std::printf("KiB of a busy thread\t%.2f\n",
              double(residentKib() - Before) / kThreads);
  Done.arrive_and_wait();
  for (std::thread &T : Threads)
    T.join();
}

} // namespace

int main() {
  std::mutex End;
  End.lock();
  std::thread Company([&] { std::lock_guard Hold(End); });
  measureAccesses();
  measureSynchronisation();
  measureMemory();
  End.unlock();
  Company.join();
}
