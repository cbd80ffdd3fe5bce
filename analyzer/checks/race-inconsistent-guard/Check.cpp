// race-inconsistent-guard: most uses of a variable hold a lock, some do not.
#include "core/Check.h"
#include "engines/shared-data/Usage.h"

#include <algorithm>

namespace heddle {
namespace {

constexpr size_t kLeastUses = 4;    // that a majority is counted among
constexpr size_t kGuardedPart = 75; // in hundred

class InconsistentGuard : public Comparison {
public:
  explicit InconsistentGuard(const Unit &U) : Comparison(U), All(U) {}

  void see(const View &V) override { All.see(V); }

  void report(Reporter &R) override {
    All.seeOthers();
    for (auto &[Name, Uses] : All.variables())
      if (std::string Lock = usualLock(Uses); !Lock.empty())
        for (const Use &Bare : Uses)
          if (isDeviation(Bare, Lock, Uses))
            report(Bare, Lock, Uses, R);
  }

private:
  static size_t holders(const std::vector<Use> &Uses, const std::string &Lock) {
    return std::count_if(Uses.begin(), Uses.end(),
                         [&](const Use &At) { return At.Must.count(Lock); });
  }

  // Empty if there is none that most of them hold.
  static std::string usualLock(const std::vector<Use> &Uses) {
    std::string Best;
    size_t Most = 0;
    for (const Use &At : Uses)
      for (auto &[Lock, Held] : At.Must)
        if (size_t N = holders(Uses, Lock); N > Most) {
          Most = N;
          Best = Lock;
        }
    bool Enough = Uses.size() >= kLeastUses && Most < Uses.size() &&
                  Most * 100 >= Uses.size() * kGuardedPart;
    return Enough ? Best : "";
  }

  // The member that the lock is: another object's may be the same one.
  static std::string lastName(const std::string &Lock) {
    return Lock.substr(Lock.find_last_of(" .:#") + 1);
  }

  static bool mayHold(const Use &At, const std::string &Lock) {
    return std::any_of(At.May.begin(), At.May.end(), [&](auto &Held) {
      return lastName(Held) == lastName(Lock);
    });
  }

  bool isDeviation(const Use &Bare, const std::string &Lock,
                   const std::vector<Use> &Uses) const {
    if (Bare.Must.count(Lock) || mayHold(Bare, Lock) || Bare.Unnamed ||
        Bare.Ordered || Bare.Proven || (Bare.Caller && !All.isPrivate(Lock)))
      return false;
    return Bare.Writes ? holders(Uses, Lock) > 0
                       : isWrittenByOthers(Bare, Uses);
  }

  // The only task that writes may read without the lock.
  static bool isWrittenByOthers(const Use &Bare, const std::vector<Use> &Uses) {
    return std::any_of(Uses.begin(), Uses.end(), [&](const Use &At) {
      return At.Writes && (At.Starts != Bare.Starts || At.Starts.size() > 1);
    });
  }

  void report(const Use &Bare, const std::string &Lock,
              const std::vector<Use> &Uses, Reporter &R) {
    size_t Holders = holders(Uses, Lock);
    auto Example = std::find_if(Uses.begin(), Uses.end(), [&](const Use &At) {
      return At.Must.count(Lock) && (At.Writes || Bare.Writes);
    });
    if (Example == Uses.end())
      return;
    const GuardUse &Guard = Example->Must.at(Lock);
    auto B = R.report(Bare.Where,
                      "'" + Bare.Variable + "' is " +
                          (Bare.Writes ? "changed" : "read") + " without '" +
                          Guard.Lock + "', which " + std::to_string(Holders) +
                          " of " + std::to_string(Uses.size()) + " uses hold");
    B.label("does not hold '" + Guard.Lock + "'").in(U.function(Bare.Function));
    B.note(Example->Where, std::string("it is ") +
                               (Example->Writes ? "changed" : "read") +
                               " here, with the lock");
    B.note(Guard.Taken, "the lock is taken here");
    fix(B, Bare, Guard, Lock, R);
  }

  void fix(Reporter::Builder &B, const Use &Bare, const GuardUse &Guard,
           const std::string &Lock, Reporter &R) const {
    bool Found = Lock.starts_with("global ") ||
                 (Lock.starts_with("own ") && Bare.OfThis);
    if (!Found || Guard.Guard.empty() || !Bare.Statement.valid() ||
        Bare.Statement.InMacro)
      return;
    Fix F;
    F.Title = "take '" + Guard.Lock + "' above line " +
              std::to_string(Bare.Statement.Line);
    F.Edits = {R.insertLineAbove(Bare.Statement, Guard.Guard)};
    B.fix(std::move(F));
  }

  Usage All;
};

} // namespace

static const Registration kCheck({"race-inconsistent-guard", Tier::Optional,
                                  "most uses hold a lock, some do not",
                                  compare<InconsistentGuard>});

} // namespace heddle
