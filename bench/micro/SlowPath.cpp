// Costs of the detector's slow paths, in nanoseconds per operation: what the
// inline tests of instrumented code could not decide.
//
// Build: clang++-19 -O2 -Iruntime/include bench/micro/SlowPath.cpp
//        -L<build>/lib -lheddle_rt -Wl,-rpath,<build>/lib -pthread
#include "heddle/Abi.h"
#include "heddle/Annotate.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <thread>

namespace {

constexpr long kRounds = 4'000'000;
constexpr int kRepeats = 5;
alignas(64) uint64_t Words[4096];
alignas(64) uint64_t Flag, Other;

// Processor time of this thread: other programs do not count.
double nanosNow() {
  timespec T;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &T);
  return double(T.tv_sec) * 1e9 + double(T.tv_nsec);
}

template <class F> void measure(const char *Name, F Operation) {
  double Best = 1e9;
  for (int Repeat = 0; Repeat < kRepeats; ++Repeat) {
    double Begin = nanosNow();
    for (long I = 0; I < kRounds; ++I)
      Operation(I);
    Best = std::min(Best, (nanosNow() - Begin) / double(kRounds));
  }
  std::printf("%-46s %6.1f ns\n", Name, Best);
}

uint64_t *word(long I) { return &Words[I & 4095]; }

} // namespace

int main() {
  measure("for comparison: native fetch_add",
          [](long) { __atomic_fetch_add(&Flag, 1, __ATOMIC_SEQ_CST); });
  measure("release (ends the epoch)", [](long) { heddle_release(&Other); });
  measure("write, first of an epoch", [](long I) {
    if ((I & 4095) == 0)
      heddle_release(&Other);
    heddle_write8(word(I), 1);
  });
  measure("read, first of an epoch", [](long I) {
    if ((I & 4095) == 0)
      heddle_release(&Other);
    heddle_read8(word(I), 1);
  });
  measure("write of the same epoch through the hook",
          [](long) { heddle_write8(&Words[1], 1); });
  measure("relaxed load", [](long) { heddle_atomic64_load(&Flag, 0, 1); });
  measure("relaxed fetch_add",
          [](long) { heddle_atomic64_fetch_add(&Flag, 1, 0, 1); });
  measure("release store",
          [](long I) { heddle_atomic64_store(&Flag, uint64_t(I), 3, 1); });
  measure("acquire load, nothing to learn",
          [](long) { heddle_atomic64_load(&Flag, 2, 1); });
  measure("acq_rel fetch_add",
          [](long) { heddle_atomic64_fetch_add(&Flag, 1, 4, 1); });
  measure("lock and unlock edges", [](long) {
    heddle_lock_taken(&Other, 1);
    heddle_lock_releasing(&Other, 1);
  });
  measure("write 4 KiB range, first of an epoch, per 8 bytes", [](long I) {
    if ((I & 511) == 0) {
      heddle_release(&Other);
      heddle_write_range(Words, 4096, 1);
    }
  });
  std::thread([] {
    measure("acquire load by another thread",
            [](long) { heddle_atomic64_load(&Flag, 2, 1); });
    measure("read after another thread's release", [](long I) {
      if ((I & 4095) == 0)
        heddle_release(&Flag);
      heddle_read8(word(I), 1);
    });
  }).join();
}
