// lock-leak: a function returns or throws with a lock that it gives back on
// its other ways out.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Leaks {
public:
  Leaks(const View &V, StrandId Id, Reporter &R)
      : S(V.scope()), U(V.unit()), Locks(V.of<ScopeLocks>()), Id(Id),
        St(S.Strands[Id]), R(R) {}

  void run() {
    for (NodeId N : St.Nodes[St.Exit].Preds)
      if (N == St.Exit || leaves(N))
        checkExit(N);
  }

private:
  // Not the way of an exception that no handler takes.
  bool leaves(NodeId N) const {
    const Node &Last = St.Nodes[N];
    bool Throws = !Last.Steps.empty() &&
                  S.step(Last.Steps.back()).Do.Kind == OpKind::Throw;
    return std::any_of(Last.Succs.begin(), Last.Succs.end(),
                       [&](const Edge &E) {
                         return E.To == St.Exit && (Throws || !E.Exceptional);
                       });
  }

  void checkExit(NodeId N) {
    const auto &Steps = St.Nodes[N].Steps;
    StepId Way = kNone; // the return or throw
    for (StepId I : Steps)
      if (S.step(I).Do.Kind == OpKind::Return ||
          S.step(I).Do.Kind == OpKind::Throw)
        Way = I;
    // Calls are expanded: only the strand's own function ends the strand.
    if (Way != kNone && S.step(Way).Frame != St.Frame)
      return;
    for (const HeldLock &H : Locks.of(Id).after(N).Must)
      if (isRaw(H) && isLeak(H, N, Way))
        report(H, Way);
  }

  bool isRaw(const HeldLock &H) const {
    const Op &O = S.step(H.Since).Do;
    return H.Guard == kNone && O.Kind == OpKind::Acquire && isLock(U, H.Lock) &&
           S.isIdentified(H.Lock) && !isOfObject(H.Since);
  }

  // What a constructor takes, its object gives back.
  bool isOfObject(StepId Take) const {
    for (FrameId F = S.step(Take).Frame; F != kNone; F = S.Frames[F].Caller)
      if (U.function(S.Frames[F].Function).Kind == FunctionKind::Constructor)
        return true;
    return false;
  }

  bool isRelease(const Op &O, PathId Lock) const {
    return O.Kind == OpKind::Release && O.Object == Lock && !O.Implicit;
  }

  bool isLeak(const HeldLock &H, NodeId N, StepId Way) const {
    bool GivesBack = false;
    std::vector<bool> Behind = nodesAfter(St, S.step(H.Since).Node);
    Behind[S.step(H.Since).Node] = true;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand != Id || !Behind[At.Node])
        continue;
      GivesBack |= isRelease(At.Do, H.Lock) && canFollow(S, H.Since, I);
      bool OnTheWay = At.Node == N || nodesAfter(St, At.Node)[N];
      if (OnTheWay && mayHandle(S, At.Do, H.Lock))
        return false;
    }
    return GivesBack && !givesToCaller(H, Way);
  }

  // A caller can be meant to unlock if it can tell this way from the others.
  bool givesToCaller(const HeldLock &H, StepId Way) const {
    if (Way != kNone && S.step(Way).Do.Kind == OpKind::Throw)
      return false;
    if (saysLock(U.function(St.Function).Name))
      return true;
    if (Way == kNone || isOnlyReleasedHere(H.Lock))
      return false;
    std::string Value = valueOf(Way);
    if (Value.empty() || saysFailure(Value))
      return false;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Frame != St.Frame || At.Do.Kind != OpKind::Return || I == Way)
        continue;
      if (valueOf(I) == Value && canFollow(S, H.Since, I) && !mayHold(I, H))
        return false;
    }
    return true;
  }

  // A member of a class of this file, that no other function gives back.
  bool isOnlyReleasedHere(PathId Lock) const {
    std::string Member = U.Paths.memberName(Lock);
    size_t End = Member.rfind("::");
    if (End == std::string::npos ||
        !U.MainFileClasses.count(Member.substr(0, End)))
      return false;
    for (const Function &F : U.Functions)
      for (const Op &O : F.Ops)
        if (O.Kind == OpKind::Release && O.Object != kNone && !O.IfHeld &&
            &F != &U.function(St.Function) &&
            U.Paths.memberName(O.Object) == Member)
          return false;
    return true;
  }

  bool mayHold(StepId At, const HeldLock &H) const {
    const auto &May = Locks.at(At).May;
    return std::any_of(May.begin(), May.end(),
                       [&](const HeldLock &O) { return O.Lock == H.Lock; });
  }

  static bool saysLock(std::string Name) {
    std::transform(Name.begin(), Name.end(), Name.begin(),
                   [](unsigned char C) { return char(std::tolower(C)); });
    for (const char *Word : {"lock", "acquire", "enter", "begin", "take"})
      if (Name.find(Word) != std::string::npos)
        return true;
    return false;
  }

  std::string valueOf(StepId Return) const {
    std::string Text(U.text(S.step(Return).Do.Where));
    Text.erase(0, std::string_view("return").size());
    std::erase_if(Text, [](unsigned char C) {
      return std::isspace(C) || C == '(' || C == ')';
    });
    return Text;
  }

  static bool saysFailure(const std::string &Value) {
    return Value == "false" || Value == "nullptr" || Value == "NULL" ||
           Value == "std::nullopt" || Value[0] == '-';
  }

  void report(const HeldLock &H, StepId Way) {
    const Function &F = U.function(St.Function);
    Range Where = F.Body;
    if (Way != kNone) {
      Where = S.step(Way).Do.Where;
    } else if (S.step(H.Since).Frame == St.Frame) {
      Where = S.step(H.Since).Do.Where;
    } else {
      Where.Line = Where.EndLine;
      Where.Begin = Where.End - 1;
      Where.Col = Where.EndCol - 1;
    }
    // As the function names it, so that the scopes of all callers say one
    // thing.
    const Step &Take = S.step(H.Since);
    std::string Name =
        U.Paths.spell(functionOf(S, Take).Ops[Take.Source].Object);
    bool Throws = Way != kNone && S.step(Way).Do.Kind == OpKind::Throw;
    auto B =
        R.report(Where, "'" + Name + "' is still held when " +
                            (Throws         ? "this is thrown"
                             : Way == kNone ? "the function ends"
                                            : "the function returns here"));
    B.in(F);
    B.note(S.step(H.Since).Do.Where, "it is taken here");
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Strand == Id && isRelease(S.step(I).Do, H.Lock)) {
        B.note(S.step(I).Do.Where, "and given back here, on another way");
        break;
      }
    fix(B, H);
  }

  // A guard in place of the calls, if nothing happens behind the unlocks.
  void fix(Reporter::Builder &B, const HeldLock &H) const {
    const Step &Take = S.step(H.Since);
    std::string_view Text = U.text(Take.Do.Where);
    bool Method = Text.size() > 7 && Text.substr(Text.size() - 7) == ".lock()";
    if (U.Standard < 17 || !Method || Take.Do.Statement.InMacro ||
        Take.Frame != St.Frame || !Take.Do.Statement.valid())
      return;
    std::string Name(Text.substr(0, Text.size() - 7));
    Fix Change;
    Change.Title = "hold '" + Name + "' with a guard";
    Change.Edits = {
        R.replace(Take.Do.Statement, "std::lock_guard Guard(" + Name + ");")};
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand != Id || !isRelease(At.Do, H.Lock))
        continue;
      if (At.Frame != St.Frame || At.Do.Statement.InMacro ||
          !At.Do.Statement.valid() || !endsSoon(I))
        return;
      Change.Edits.push_back(R.removeStatement(At.Do.Statement));
    }
    B.fix(std::move(Change));
  }

  bool endsSoon(StepId Release) const {
    NodeId N = S.step(Release).Node;
    const auto &Steps = St.Nodes[N].Steps;
    for (auto It = std::find(Steps.begin(), Steps.end(), Release) + 1;
         It < Steps.end(); ++It) {
      OpKind K = S.step(*It).Do.Kind;
      if (K != OpKind::Return && K != OpKind::Destroy)
        return false;
    }
    return St.Nodes[N].Succs.size() == 1 && St.Nodes[N].Succs[0].To == St.Exit;
  }

  const Scope &S;
  const Unit &U;
  const ScopeLocks &Locks;
  StrandId Id;
  const Strand &St;
  Reporter &R;
};

bool locksByHand(const Scope &S) {
  return std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Kind == OpKind::Acquire && At.Do.Guard == kNone;
  });
}

void run(const View &V, Reporter &R) {
  if (!locksByHand(V.scope()))
    return;
  for (StrandId I = 0; I < V.scope().Strands.size(); ++I)
    Leaks(V, I, R).run();
}

} // namespace

static const Registration
    kCheck({"lock-leak", Tier::Precise,
            "a lock taken by hand is still held on a way out", run});

} // namespace heddle
