// A barrier that orders nothing, for tests that need an order of events which
// the detector does not see.
#include "abi/Access.h"
#include "platform/Futex.h"

#include <climits>

using namespace heddle;

// The low bits of the word are the number of parties, the rest counts arrivals.
static constexpr unsigned kPartiesBits = 10;

HEDDLE_EXPORT void __tsan_testonly_barrier_init(std::atomic<uint32_t> *Word,
                                                unsigned Parties) {
  *Word = Parties;
}

HEDDLE_EXPORT void __tsan_testonly_barrier_wait(std::atomic<uint32_t> *Word) {
  InRuntime Inside;
  uint32_t Now = Word->fetch_add(1u << kPartiesBits) + (1u << kPartiesBits);
  uint32_t Parties = Now & ((1u << kPartiesBits) - 1);
  auto generation = [=](uint32_t W) { return (W >> kPartiesBits) / Parties; };
  // The last to arrive begins the next generation.
  uint32_t Mine = generation(Now - (1u << kPartiesBits));
  if (generation(Now) != Mine) {
    futexWake(*Word, INT_MAX);
    return;
  }
  while (generation(Now = Word->load()) == Mine)
    futexWait(*Word, Now);
}
