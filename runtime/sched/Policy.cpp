// The random policy, and where the setup comes from.
#include "sched/Policy.h"

#include "base/Check.h"
#include "platform/Process.h"
#include "sched/Random.h"

#include <cstdlib>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace heddle::sched {
namespace {

class RandomPolicy final : public ControlledPolicy {
public:
  explicit RandomPolicy(uint64_t Seed) : Numbers(Seed) {}
  uint32_t pick(Goroutine *const *, uint32_t Count) override {
    return Numbers.below(Count);
  }
  uint32_t choose(uint32_t Count) override { return Numbers.below(Count); }

private:
  Random Numbers;
};

std::optional<Setup> Given;

[[noreturn]] void usage(const char *Value) {
  printError("heddle: HEDDLE_SCHED='", Value,
             "' is not a policy; use free or random:SEED\n");
  _exit(2);
}

void readPolicy(Setup &S, const char *Value) {
  if (!strcmp(Value, "free"))
    return;
  if (strncmp(Value, "random", 6) || (Value[6] && Value[6] != ':'))
    usage(Value);
  S.Controlled = true;
  if (!Value[6])
    return;
  char *End = nullptr;
  S.Seed = strtoull(Value + 7, &End, 10);
  if (!Value[7] || *End)
    usage(Value);
}

} // namespace

std::unique_ptr<ControlledPolicy> makeRandomPolicy(uint64_t Seed) {
  return std::make_unique<RandomPolicy>(Seed);
}

Setup setupFromEnvironment() {
  Setup S;
  if (const char *Value = environmentVariable("HEDDLE_SCHED"))
    readPolicy(S, Value);
  if (const char *Value = environmentVariable("GOMAXPROCS"))
    S.Workers = atoi(Value);
  return S;
}

void setSetup(const Setup &S) { Given = S; }

Setup nextSetup() { return Given ? *Given : setupFromEnvironment(); }

} // namespace heddle::sched
