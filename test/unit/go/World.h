// Runs test bodies as go::main over workers {1, 2, 4, 8} x policies {free,
// random, pct}.
//
// HEDDLE_TEST_SEED=N in the environment is added to the seeds of the policies,
// for tools/stress.
//
// A test's name begins with the ids of docs/guide/go-semantics.md that it
// holds: C5_L9_SendOnClosedPanics. tools/dev score golib counts them.
#ifndef HEDDLE_TEST_UNIT_GO_WORLD_H
#define HEDDLE_TEST_UNIT_GO_WORLD_H

#include "sched/Policy.h"

#include <go/go.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

// Which stock sanitizer the tests are built with, if any.
#if __has_feature(thread_sanitizer)
#define UNDER_TSAN 1
#endif
#if defined(UNDER_TSAN) || __has_feature(address_sanitizer)
#define SANITIZED 1
#endif

struct World {
  int Workers;
  bool Random; // controlled, and the clock virtual
  uint64_t Seed;
  uint32_t Depth = 0; // pct instead of random
};

inline std::string nameOf(const World &W) {
  if (!W.Random)
    return "free" + std::to_string(W.Workers);
  return (W.Depth ? "pct" + std::to_string(W.Depth) : "random") + "seed" +
         std::to_string(W.Seed) + "workers" + std::to_string(W.Workers);
}

inline void PrintTo(const World &W, std::ostream *Out) { *Out << nameOf(W); }

inline void enter(const World &W) {
  heddle::sched::Setup S;
  S.Workers = W.Workers;
  using heddle::sched::PolicyKind;
  S.Kind = !W.Random ? PolicyKind::Free
           : W.Depth ? PolicyKind::Pct
                     : PolicyKind::Random;
  if (W.Depth)
    S.Depth = W.Depth;
  S.Seed = W.Seed;
  if (const char *More = std::getenv("HEDDLE_TEST_SEED"))
    S.Seed += std::strtoull(More, nullptr, 10);
  heddle::sched::setSetup(S);
}

class GoTest : public testing::TestWithParam<World> {
protected:
  // Runs Body as the main goroutine; all goroutines that end do so before run
  // returns, those still parked are left behind.
  template <class F> int run(F Body) {
    enter(GetParam());
    return go::main(Body);
  }
};

// What Fn panics with; "" if it does not.
template <class F> std::string panicOf(F Fn) {
  try {
    Fn();
  } catch (const go::Panic &P) {
    return P.what();
  }
  return "";
}

// Lets other goroutines run for a while, without ordering anything.
inline void letOthersRun(int Times = 100) {
  for (int I = 0; I < Times; ++I)
    go::yield();
}

// Yields until Ready(): what it reads is atomic, or go::'s own.
template <class F> void awaitThat(F Ready) {
  while (!Ready())
    go::yield();
}

// A suite of tests over all worlds.
#define GO_SUITE(Name)                                                         \
  class Name : public GoTest {};                                               \
  INSTANTIATE_TEST_SUITE_P(                                                    \
      Worlds, Name,                                                            \
      testing::Values(                                                         \
          World{1, false, 0}, World{2, false, 0}, World{4, false, 0},          \
          World{8, false, 0}, World{1, true, 1}, World{2, true, 42},           \
          World{4, true, 777}, World{1, true, 5, 3}, World{2, true, 6, 2}),    \
      [](const testing::TestParamInfo<World> &I) { return nameOf(I.param); })

#endif
