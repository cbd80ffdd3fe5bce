// A small random number generator.
//
// Reference: S. Vigna's splitmix64, one state word, full period 2^64.
#ifndef HEDDLE_SCHED_RANDOM_H
#define HEDDLE_SCHED_RANDOM_H

#include <cstdint>

namespace heddle::sched {

class Random {
public:
  explicit Random(uint64_t Seed) : State(Seed) {}

  uint64_t next() {
    uint64_t Z = State += 0x9e3779b97f4a7c15u;
    Z = (Z ^ (Z >> 30)) * 0xbf58476d1ce4e5b9u;
    Z = (Z ^ (Z >> 27)) * 0x94d049bb133111ebu;
    return Z ^ (Z >> 31);
  }
  // Uniform in [0, Count), up to a bias below Count / 2^32.
  uint32_t below(uint32_t Count) {
    return uint32_t(((next() >> 32) * Count) >> 32);
  }

private:
  uint64_t State;
};

} // namespace heddle::sched
#endif
