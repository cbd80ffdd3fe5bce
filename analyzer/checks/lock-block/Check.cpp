// lock-block: a strand waits for something else while others wait for the lock
// that it holds.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "engines/waits/Blocking.h"
#include "engines/waits/Holding.h"

#include <algorithm>
#include <utility>

namespace heddle {
namespace {

struct Section { // where a lock is taken
  std::string Lock;
  Range Where;
  bool Shared = false;
};

struct BlockedSection {
  Section In;
  std::string Verb, Name; // Name: of the lock
  Range Where;
  FunctionId Function = kNone;
  std::vector<std::pair<Range, std::string>> Calls;
};

using Place = std::pair<uint32_t, uint32_t>;
Place placeOf(const Range &R) { return {R.File, R.Begin}; }

class LockBlock : public Comparison {
public:
  using Comparison::Comparison;

  void see(const View &V) override {
    const Scope &S = V.scope();
    std::vector<StepId> Candidates;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Op &O = S.step(I).Do;
      if (O.Kind == OpKind::Acquire && O.Object != kNone &&
          isLock(U, O.Object) && !isGate(S, I))
        Sections.push_back(sectionOf(S, I));
      else if (O.Kind != OpKind::Acquire && !blockingVerb(V, I).empty())
        Candidates.push_back(I);
    }
    if (Sections.empty() || Candidates.empty())
      return;
    std::set<StepId> Stuck; // for ever, which is another defect
    bool Looked = false;
    for (StepId I : Candidates)
      for (const HeldLock &H : V.of<ScopeLocks>().at(I).Must) {
        if (!isLock(U, H.Lock) || H.Since == kNone || releases(V, I, H))
          continue;
        if (!std::exchange(Looked, true))
          for (const HeldWait &W : Holding(V).find())
            Stuck.insert(W.W.Step);
        if (!Stuck.count(I))
          add(V, I, H);
      }
  }

  // A lock whose every section waits is there to let one at a time wait.
  void report(Reporter &R) override {
    std::set<Place> Waiting;
    for (const BlockedSection &B : Blocked)
      Waiting.insert(placeOf(B.In.Where));
    for (const BlockedSection &B : Blocked) {
      auto Victim =
          std::find_if(Sections.begin(), Sections.end(), [&](const Section &O) {
            return O.Lock == B.In.Lock && !Waiting.count(placeOf(O.Where)) &&
                   !(O.Shared && B.In.Shared);
          });
      if (Victim == Sections.end() || !Reported.insert(placeOf(B.Where)).second)
        continue;
      auto F = R.report(B.Where, "this " + B.Verb + " may take long, and '" +
                                     B.Name + "' is held meanwhile");
      F.label("keeps those who want '" + B.Name + "' waiting")
          .in(U.function(B.Function));
      F.note(B.In.Where, "'" + B.Name + "' is taken here");
      for (auto &[Where, Callee] : B.Calls)
        F.note(Where, "called from here: '" + Callee + "'");
      F.note(Victim->Where, "and wanted here");
    }
  }

private:
  // The same for all functions of the unit if the lock is global or a member.
  std::string nameOf(const Scope &S, PathId Lock) const {
    std::string Member = U.Paths.memberName(Lock);
    const Object &Root = U.Paths.rootObject(Lock);
    bool Shared = Root.K == Object::Global || Root.K == Object::StaticLocal;
    if (!Member.empty() && !Shared)
      return Member;
    return (Shared ? "" : std::to_string(S.Root)) + "#" + std::to_string(Lock);
  }

  Section sectionOf(const Scope &S, StepId Acquire) const {
    const Op &O = S.step(Acquire).Do;
    return {nameOf(S, O.Object), O.Where, O.Shared};
  }

  // A wait for a condition gives its own lock back meanwhile.
  bool releases(const View &V, StepId Id, const HeldLock &H) const {
    const Op &O = V.scope().step(Id).Do;
    if (O.Kind != OpKind::CvWait)
      return false;
    const auto &Must = V.of<ScopeLocks>().at(Id).Must;
    auto Own = std::find_if(Must.begin(), Must.end(), [&](const HeldLock &L) {
      return O.Guard != kNone && (L.Lock == O.Guard || L.Guard == O.Guard);
    });
    return Own == Must.end() || isAnother(V, *Own) || Own->Lock == H.Lock;
  }

  // Taken over from somebody who took it by another name.
  static bool isAnother(const View &V, const HeldLock &Own) {
    if (Own.Since == kNone || !V.scope().step(Own.Since).Do.Adopt)
      return false;
    const auto &Must = V.of<ScopeLocks>().at(Own.Since).Must;
    return std::none_of(Must.begin(), Must.end(),
                        [&](const HeldLock &L) { return L.Lock == Own.Lock; });
  }

  // Taken and given back at once: the lock is a gate, and closed on purpose.
  static bool isGate(const Scope &S, StepId Acquire) {
    const auto &Steps = S.node(S.step(Acquire)).Steps;
    auto Next = std::find(Steps.begin(), Steps.end(), Acquire) + 1;
    return Next != Steps.end() && S.step(*Next).Do.Kind == OpKind::Release &&
           (S.step(*Next).Do.Object == S.step(Acquire).Do.Object ||
            S.step(*Next).Do.IfHeld);
  }

  void add(const View &V, StepId Id, const HeldLock &H) {
    const Scope &S = V.scope();
    const Step &At = S.step(Id);
    BlockedSection B;
    B.In = sectionOf(S, H.Since);
    B.In.Shared = H.Shared;
    B.Verb = blockingVerb(V, Id);
    B.Name = U.Paths.spell(H.Lock);
    B.Where = At.Do.Where;
    B.Function = S.Frames[At.Frame].Function;
    for (StepId Call : S.trace(At))
      if (S.step(Call).Do.Where.valid())
        B.Calls.push_back({S.step(Call).Do.Where, S.step(Call).Do.Name});
    Blocked.push_back(std::move(B));
  }

  std::vector<Section> Sections;
  std::vector<BlockedSection> Blocked;
  std::set<Place> Reported;
};

} // namespace

static const Registration kCheck(
    {"lock-block", Tier::Optional,
     "a wait while a lock is held that others want", compare<LockBlock>});

} // namespace heddle
