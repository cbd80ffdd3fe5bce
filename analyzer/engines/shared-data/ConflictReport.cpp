// The wording of conflicts.
#include "engines/shared-data/ConflictReport.h"

namespace heddle {

static std::string verb(const SharedAccess &A) {
  return A.Writes ? "changed" : "read";
}

static std::string strand(const Step &At) {
  return At.Strand == 0 ? "" : " in another task";
}

std::string ConflictReport::holding(StepId Id) const {
  const auto &Must = Data.locks(Id).Must;
  if (Must.empty())
    return "";
  std::string Out = ", holding";
  for (const HeldLock &L : Must)
    Out += (L.Lock == Must.front().Lock ? " '" : ", '") +
           U.Paths.spell(L.Lock) + "'";
  return Out;
}

void ConflictReport::report(const Conflict &C, const std::string &Why) {
  const Step &First = S.step(C.First.Step);
  const Step &Second = S.step(C.Second.Step);
  std::string Name = U.Paths.spell(C.Object);
  bool Same = C.First.Step == C.Second.Step;
  auto B =
      R.report(First.Do.Where, "'" + Name + "' is " + verb(C.First) +
                                   (Same ? " by several tasks at once"
                                         : " while another task may use it") +
                                   ", and no common lock guards it");
  B.in(functionOf(S, First));
  if (C.Lock != kNone)
    B.label("does not hold '" + U.Paths.spell(C.Lock) + "'");
  else if (!Why.empty())
    B.label(Why);
  if (C.LockSomewhere)
    B.unsure();
  noteCalls(B, S, First);
  if (!Same) {
    B.note(Second.Do.Where, "it is " + verb(C.Second) + " here" +
                                strand(Second) + holding(C.Second.Step));
    noteCalls(B, S, Second);
  }
  noteSpawn(B, S, First);
  if (S.Strands[Second.Strand].Spawn != S.Strands[First.Strand].Spawn)
    noteSpawn(B, S, Second);
  noteDeclaration(B, U, C.Object);
  if (C.Lock != kNone)
    fix(B, C);
}

// Repeats the statement that takes the lock elsewhere above this access, if
// the lock has the same name here.
void ConflictReport::fix(Reporter::Builder &B, const Conflict &C) const {
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

} // namespace heddle
