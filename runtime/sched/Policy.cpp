// The random policy, and where the setup comes from.
#include "sched/Policy.h"

#include "base/Check.h"
#include "platform/Process.h"
#include "sched/Random.h"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <unistd.h>
#include <vector>

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
bool FirstStart = true;

constexpr uint64_t kMostDepth = 64, kMostSteps = 1u << 31;

bool readNumber(const std::string &Text, uint64_t Most, uint64_t &Out) {
  const char *End = Text.data() + Text.size();
  auto [At, Error] = std::from_chars(Text.data(), End, Out);
  return Error == std::errc() && At == End && Out <= Most;
}

std::vector<std::string> splitAtColons(const std::string &Text) {
  std::vector<std::string> Parts(1);
  for (char C : Text)
    if (C == ':')
      Parts.emplace_back();
    else
      Parts.back() += C;
  return Parts;
}

// pct:DEPTH[:SEED[:STEPS]]
bool readPct(const std::vector<std::string> &Parts, Setup &S) {
  uint64_t Depth = 0, Steps = S.Steps;
  if (Parts.size() < 2 || Parts.size() > 4 ||
      !readNumber(Parts[1], kMostDepth, Depth) || !Depth ||
      (Parts.size() > 2 && !readNumber(Parts[2], UINT64_MAX, S.Seed)) ||
      (Parts.size() > 3 && !readNumber(Parts[3], kMostSteps, Steps)) || !Steps)
    return false;
  S.Kind = PolicyKind::Pct;
  S.Depth = uint32_t(Depth);
  S.Steps = uint32_t(Steps);
  return true;
}

bool readPolicy(const std::string &Text, Setup &S) {
  std::vector<std::string> Parts = splitAtColons(Text);
  if (Parts[0] == "free") {
    S.Kind = PolicyKind::Free;
    return Parts.size() == 1;
  }
  if (Parts[0] == "random") {
    S.Kind = PolicyKind::Random;
    return Parts.size() == 1 ||
           (Parts.size() == 2 && readNumber(Parts[1], UINT64_MAX, S.Seed));
  }
  if (Parts[0] == "replay" && Text.size() > 7) {
    S.Kind = PolicyKind::Replay;
    S.File = Text.substr(7);
    return true;
  }
  return Parts[0] == "pct" && readPct(Parts, S);
}

} // namespace

std::string parsePolicy(const std::string &Text, Setup &S) {
  if (readPolicy(Text, S))
    return "";
  return "'" + Text +
         "' is no scheduling policy; write free, random[:SEED], "
         "pct:DEPTH[:SEED[:STEPS]] or replay:FILE";
}

std::string policyText(const Setup &S) {
  switch (S.Kind) {
  case PolicyKind::Free:
    return "free";
  case PolicyKind::Random:
    return "random:" + std::to_string(S.Seed);
  case PolicyKind::Pct:
    return "pct:" + std::to_string(S.Depth) + ":" + std::to_string(S.Seed) +
           ":" + std::to_string(S.Steps);
  case PolicyKind::Replay:
    return "replay:" + S.File;
  }
  return "free";
}

std::unique_ptr<ControlledPolicy> makePolicy(const Setup &S) {
  std::unique_ptr<ControlledPolicy> P;
  if (S.Kind == PolicyKind::Random)
    P = std::make_unique<RandomPolicy>(S.Seed);
  else if (S.Kind == PolicyKind::Pct)
    P = makePctPolicy(S);
  else if (S.Kind == PolicyKind::Replay)
    P = makeReplayPolicy(S.File);
  if (P && !S.Record.empty())
    P = makeRecordingPolicy(std::move(P), policyText(S), S.Record);
  return P;
}

Setup setupFromEnvironment() {
  Setup S;
  if (const char *Value = environmentVariable("HEDDLE_SCHED"))
    if (std::string Wrong = parsePolicy(Value, S); !Wrong.empty()) {
      printError("heddle: HEDDLE_SCHED: ", Wrong.c_str(), "\n");
      _exit(2);
    }
  if (const char *Value = environmentVariable("HEDDLE_RECORD"))
    S.Record = Value;
  if (const char *Value = environmentVariable("HEDDLE_WATCHDOG"))
    S.WatchdogMillis = atoi(Value) > 0 ? atoi(Value) : 0;
  if (const char *Value = environmentVariable("GOMAXPROCS"))
    S.Workers = atoi(Value);
  return S;
}

void setSetup(const Setup &S) {
  Given = S;
  FirstStart = true;
}

Setup nextSetup() {
  Setup S = Given ? *Given : setupFromEnvironment();
  bool First = FirstStart;
  FirstStart = false;
  if (First)
    return S;
  S.Record.clear();
  if (S.Kind == PolicyKind::Replay) {
    std::string Recorded = recordedPolicy(S.File);
    S.Kind = PolicyKind::Free;
    parsePolicy(Recorded, S);
  }
  return S;
}

} // namespace heddle::sched
