// race-mixed-atomic: an atomic that is changed in two steps, or a variable that
// is accessed atomically here and plainly there.
#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

bool isAtomic(OpKind K) {
  return K == OpKind::AtomicRead || K == OpKind::AtomicWrite ||
         K == OpKind::AtomicUpdate;
}

bool isWithin(const Range &Inner, const Range &Outer) {
  return Inner.File == Outer.File && Outer.Begin <= Inner.Begin &&
         Inner.End <= Outer.End;
}

// "N = N + 1": the read is an operand of the write. load() and store() in
// place of the operators say that the author knows.
bool isTwoSteps(const Scope &S, StepId Read, StepId Write) {
  const Step &A = S.step(Read), &B = S.step(Write);
  return A.Do.Kind == OpKind::AtomicRead && A.Do.Object == B.Do.Object &&
         A.Frame == B.Frame && isWithin(A.Do.Where, B.Do.Where) &&
         B.Do.Name == "operator=" && A.Do.Name.substr(0, 9) == "operator ";
}

// A lock makes one step of them; so does an object that nobody else has.
bool isAlone(const View &V, StepId Write) {
  const Object &O = V.paths().rootObject(V.scope().step(Write).Do.Object);
  bool Own = O.K == Object::Local && !O.CapturedByRef;
  return Own || !V.of<ScopeLocks>().at(Write).Must.empty();
}

std::string insteadOf(std::string_view Text) {
  bool Adds = Text.find(" + ") != std::string_view::npos;
  bool Takes = Text.find(" - ") != std::string_view::npos;
  if (Adds == Takes)
    return "compare_exchange_weak";
  return Adds ? "fetch_add" : "fetch_sub";
}

// "N = N + X" becomes "N += X".
void fix(Reporter::Builder &B, Reporter &R, const Unit &U, const Op &Read,
         const Op &Write) {
  std::string_view Text = U.text(Write.Where), Name = U.text(Read.Where);
  if (Write.Where.InMacro || Text.find('\n') != std::string_view::npos)
    return;
  for (const char *Sign : {" + ", " - "}) {
    std::string Head = std::string(Name) + " = " + std::string(Name) + Sign;
    if (Text.substr(0, Head.size()) != Head)
      continue;
    std::string Rest(Text.substr(Head.size()));
    if (Rest.find_first_of("+-") != std::string::npos)
      return;
    Fix Change;
    Change.Title = "make it one step";
    Change.Edits = {R.replace(Write.Where,
                              std::string(Name) + " " + Sign[1] + "= " + Rest)};
    B.fix(std::move(Change));
  }
}

void checkTwoSteps(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId W = 0; W < S.Steps.size(); ++W) {
    const Step &Write = S.step(W);
    if (Write.Do.Kind != OpKind::AtomicWrite || Write.Do.Object == kNone ||
        isAlone(V, W))
      continue;
    for (StepId I : S.node(Write).Steps) {
      if (!isTwoSteps(S, I, W))
        continue;
      std::string Name = V.paths().spell(Write.Do.Object);
      auto B = R.report(Write.Do.Where, "'" + Name +
                                            "' is read and written in "
                                            "two steps");
      B.label("loses what is written between them; use " +
              insteadOf(V.unit().text(Write.Do.Where)))
          .in(functionOf(S, Write));
      fix(B, R, V.unit(), S.step(I).Do, Write.Do);
      break;
    }
  }
}

// Without a pointer between them: a copy of `Whole` copies `Part`.
bool isPartOf(const PathTable &P, PathId Part, PathId Whole) {
  while (Part != Whole && (P.path(Part).Kind == StepKind::Field ||
                           P.path(Part).Kind == StepKind::Index))
    Part = P.path(Part).Parent;
  return Part == Whole;
}

void report(const View &V, StepId Plain, StepId Atomic, Reporter &R) {
  const Scope &S = V.scope();
  PathId Object = S.step(Plain).Do.Object;
  auto B = R.report(S.step(Plain).Do.Where,
                    "'" + V.paths().spell(Object) +
                        "' is accessed plainly here and atomically elsewhere");
  B.in(functionOf(S, S.step(Plain)));
  B.note(S.step(Atomic).Do.Where, "the atomic access is here");
  noteSpawn(B, S, S.step(Atomic));
  noteDeclaration(B, V.unit(), Object);
}

void checkMixed(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  std::set<PathId> Atomic;
  for (const Step &At : S.Steps)
    if (isAtomic(At.Do.Kind) && At.Do.Object != kNone &&
        V.paths().path(At.Do.Object).Role != TypeRole::Atomic)
      Atomic.insert(At.Do.Object);
  if (Atomic.empty() || S.Strands.size() < 2)
    return;
  const auto &Order = V.of<SharedData>().order();
  std::set<PathId> Told;
  for (StepId P = 0; P < S.Steps.size(); ++P) {
    const Op &Plain = S.step(P).Do;
    bool Access = Plain.Kind == OpKind::Read || Plain.Kind == OpKind::Write;
    if (!Access || Plain.Object == kNone || !S.isIdentified(Plain.Object))
      continue;
    for (StepId A = 0; A < S.Steps.size(); ++A) {
      const Op &Other = S.step(A).Do;
      bool Pair =
          isAtomic(Other.Kind) && Atomic.count(Other.Object) &&
          isPartOf(V.paths(), Other.Object, Plain.Object) &&
          (Plain.Kind == OpKind::Write || Other.Kind != OpKind::AtomicRead);
      if (!Pair || !Order.mayOverlap(P, A, Plain.Object) ||
          !Told.insert(Plain.Object).second)
        continue;
      report(V, P, A, R);
    }
  }
}

// The element, of a container in a member, that the path leads through.
std::string elementOf(const PathTable &P, PathId Path) {
  for (; Path != kNone; Path = P.path(Path).Parent)
    if (P.path(Path).Kind == StepKind::Index)
      return P.memberName(Path);
  return "";
}

// The object has been put into the container before.
bool isPublished(const Scope &S, PathId Object, const std::string &Element,
                 StepId Before) {
  const PathTable &P = S.U->Paths;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.step(I).Do;
    if (O.Kind == OpKind::Store && P.memberName(O.Object) == Element &&
        O.Args[0] != kNone && O.Args[0] != Object &&
        P.isPrefix(O.Args[0], Object) && canFollow(S, I, Before))
      return true;
  }
  return false;
}

// One that a task takes out of a container, where it has been put by name.
void checkTakenOut(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  std::set<PathId> Told;
  for (StepId A = 0; A < S.Steps.size(); ++A) {
    const Op &Other = S.step(A).Do;
    if (!isAtomic(Other.Kind) || Other.Object == kNone ||
        V.paths().path(Other.Object).Role == TypeRole::Atomic ||
        S.isIdentified(Other.Object))
      continue;
    std::string Element = elementOf(V.paths(), Other.Object);
    std::string Member = V.paths().memberName(Other.Object);
    for (StepId P = 0; P < S.Steps.size() && !Element.empty(); ++P) {
      const Op &Plain = S.step(P).Do;
      bool Pair = Plain.Kind == OpKind::Write && !Member.empty() &&
                  V.paths().memberName(Plain.Object) == Member &&
                  S.isIdentified(Plain.Object) &&
                  isPublished(S, Plain.Object, Element, P) &&
                  V.of<SharedData>().order().mayOverlap(P, A, kNone);
      if (Pair && Told.insert(Plain.Object).second)
        report(V, P, A, R);
    }
  }
}

void run(const View &V, Reporter &R) {
  checkTwoSteps(V, R);
  checkMixed(V, R);
  if (V.scope().Strands.size() > 1)
    checkTakenOut(V, R);
}

} // namespace

static const Registration kCheck(
    {"race-mixed-atomic", Tier::Precise,
     "an atomic changed in two steps, or accessed plainly as well", run});

} // namespace heddle
