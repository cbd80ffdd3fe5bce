// map-unguarded: a container shared by strands, changed without a common lock.
#include "core/Check.h"
#include "engines/shared-data/SharedData.h"

namespace heddle {
namespace {

bool isContainerAccess(const Op &O, bool &Writes) {
  Writes = O.Kind == OpKind::ContainerWrite;
  return Writes || O.Kind == OpKind::ContainerRead ||
         O.Kind == OpKind::ContainerIterate;
}

class MapReport {
public:
  MapReport(const Scope &S, const SharedData &Data, Reporter &R)
      : S(S), U(*S.U), Data(Data), R(R) {}

  void report(const Conflict &C) {
    const Step &First = S.step(C.First.Step);
    const Step &Second = S.step(C.Second.Step);
    std::string Name = U.Paths.spell(C.Object);
    bool Same = C.First.Step == C.Second.Step;
    auto B =
        R.report(First.Do.Where, "'" + Name + "' is " + verb(C.First) +
                                     (Same ? " by several tasks at once"
                                           : " while another task may use it") +
                                     ", and no common lock guards it");
    B.in(U.function(S.Frames[First.Frame].Function));
    if (C.Lock != kNone)
      B.label("does not hold '" + U.Paths.spell(C.Lock) + "'");
    if (C.LockSomewhere)
      B.unsure();
    trace(B, First);
    if (!Same) {
      B.note(Second.Do.Where, "it is " + verb(C.Second) + " here" +
                                  strand(Second) + holding(C.Second.Step));
      trace(B, Second);
    }
    spawns(B, First, Second);
    declaration(B, C.Object);
    if (C.Lock != kNone)
      fix(B, C);
  }

private:
  static std::string verb(const SharedAccess &A) {
    return A.Writes ? "changed" : "read";
  }

  std::string strand(const Step &At) const {
    return At.Strand == 0 ? "" : " in another task";
  }

  std::string holding(StepId Id) const {
    const auto &Must = Data.locks(Id).Must;
    if (Must.empty())
      return "";
    std::string Out = ", holding";
    for (const HeldLock &L : Must)
      Out += (L.Lock == Must.front().Lock ? " '" : ", '") +
             U.Paths.spell(L.Lock) + "'";
    return Out;
  }

  void trace(Reporter::Builder &B, const Step &At) const {
    for (StepId Call : S.trace(At))
      if (S.step(Call).Do.Where.valid())
        B.note(S.step(Call).Do.Where,
               "called from here: '" + S.step(Call).Do.Name + "'");
  }

  void spawns(Reporter::Builder &B, const Step &First,
              const Step &Second) const {
    StepId Done = kNone;
    for (const Step *At : {&First, &Second}) {
      StepId Spawn = S.Strands[At->Strand].Spawn;
      if (Spawn == kNone || Spawn == Done)
        continue;
      Done = Spawn;
      bool Many = S.Strands[At->Strand].Many;
      B.note(S.step(Spawn).Do.Where,
             Many ? "the tasks are started here, one in each round of the loop"
                  : "the task is started here");
    }
  }

  void declaration(Reporter::Builder &B, PathId Object) const {
    const heddle::Object &O = U.Paths.rootObject(Object);
    if (O.File == kNone || O.Line == 0)
      return;
    Range Where;
    Where.File = O.File;
    std::string_view Text = U.Files[O.File].Text;
    size_t At = 0;
    for (uint32_t Line = 1; Line < O.Line && At != std::string_view::npos;
         ++Line)
      At = Text.find('\n', At) + 1;
    Where.Line = Where.EndLine = O.Line;
    Where.Col = O.Col;
    Where.Begin = uint32_t(At) + O.Col - 1;
    Where.End = Where.Begin + uint32_t(O.Name.size());
    Where.EndCol = O.Col + uint32_t(O.Name.size());
    if (O.K != heddle::Object::This)
      B.note(Where, "'" + O.Name + "' is declared here");
  }

  // Repeats the statement that takes the lock elsewhere above this access, if
  // the lock has the same name here.
  void fix(Reporter::Builder &B, const Conflict &C) const {
    const Step &At = S.step(C.First.Step);
    const Step &Locked = S.step(C.LockedAt);
    const heddle::Object &Root = U.Paths.rootObject(C.Lock);
    bool Named = Root.K == heddle::Object::Global || S.owner(C.Lock) == 0 ||
                 Root.K == heddle::Object::This;
    if (!Named || !At.Do.Statement.valid() || At.Do.Statement.InMacro ||
        !Locked.Do.Statement.valid() || Locked.Do.Statement.InMacro ||
        Locked.Do.Guard == kNone || !S.trace(At).empty())
      return;
    std::string Guard(U.text(Locked.Do.Statement));
    if (Guard.find('\n') != std::string::npos)
      return;
    Fix F;
    F.Title = "take '" + U.Paths.spell(C.Lock) + "' above line " +
              std::to_string(At.Do.Statement.Line);
    F.Edits = {R.insertLineAbove(At.Do.Statement, Guard)};
    B.fix(std::move(F));
  }

  const Scope &S;
  const Unit &U;
  const SharedData &Data;
  Reporter &R;
};

bool hasContainers(const Scope &S) {
  for (const Step &At : S.Steps) {
    bool Writes;
    if (isContainerAccess(At.Do, Writes) && Writes)
      return true;
  }
  return false;
}

void run(const Unit &U, Reporter &R) {
  for (FunctionId Root : scopeRoots(U)) {
    Scope S = expand(U, Root);
    if (S.Strands.size() < 2 || !hasContainers(S))
      continue;
    SharedData Data(S);
    for (const Conflict &C : Data.conflicts(isContainerAccess))
      MapReport(S, Data, R).report(C);
  }
}

} // namespace

static const Registration kCheck(
    {"map-unguarded", Tier::Precise,
     "container shared between tasks, changed without a common lock", run});

} // namespace heddle
