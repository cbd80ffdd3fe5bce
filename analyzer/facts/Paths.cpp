// Interning, substitution and spelling of access paths.
#include "facts/Paths.h"
#include "facts/Keys.h"

namespace heddle {

ObjectId PathTable::addObject(Object O) {
  Objects.push_back(std::move(O));
  return ObjectId(Objects.size() - 1);
}

PathId PathTable::intern(Path P) {
  auto Key = std::make_tuple(P.Kind, P.Parent,
                             P.Parent == kNone ? P.Object : kNone, P.Label);
  auto [It, New] = Index.emplace(std::move(Key), PathId(Table.size()));
  if (New)
    Table.push_back(std::move(P));
  return It->second;
}

PathId PathTable::root(ObjectId O) {
  Path P;
  P.Object = O;
  P.Role = Objects[O].Role;
  P.Handle = Objects[O].Handle;
  return intern(std::move(P));
}

PathId PathTable::extend(PathId Base, StepKind K, std::string_view Label,
                         TypeRole Role, bool Handle, std::string_view Class) {
  if (Base == kNone)
    return kNone;
  StepKind Last = Table[Base].Kind;
  if ((K == StepKind::Deref && Last == StepKind::Address) ||
      (K == StepKind::Address && Last == StepKind::Deref))
    return Table[Base].Parent;
  Path P;
  P.Kind = K;
  P.Parent = Base;
  P.Object = Table[Base].Object;
  P.Label = Label;
  P.Role = Role;
  P.Handle = Handle;
  P.Class = Class;
  return intern(std::move(P));
}

PathId PathTable::rebase(PathId P, PathId From, PathId To) {
  if (P == From)
    return To;
  if (P == kNone || Table[P].Parent == kNone)
    return P;
  PathId Base = rebase(Table[P].Parent, From, To);
  if (Base == Table[P].Parent)
    return P;
  Path Step = Table[P];
  return extend(Base, Step.Kind, Step.Label, Step.Role, Step.Handle,
                Step.Class);
}

bool PathTable::isPrefix(PathId Prefix, PathId P) const {
  for (; P != kNone; P = Table[P].Parent)
    if (P == Prefix)
      return true;
  return false;
}

bool PathTable::isVague(PathId P) const {
  for (; P != kNone; P = Table[P].Parent)
    if (Table[P].Kind == StepKind::Index && Table[P].Label.empty())
      return true;
  return false;
}

std::string PathTable::memberName(PathId P) const {
  if (P == kNone || Table[P].Kind == StepKind::Root)
    return "";
  const Path &Step = Table[P];
  if (Step.Kind == StepKind::Field && !Step.Class.empty())
    return Step.Class + "::" + Step.Label;
  std::string Base = memberName(Step.Parent);
  if (Base.empty())
    return "";
  switch (Step.Kind) {
  case StepKind::Field:
    return Base + "." + Step.Label;
  case StepKind::Deref:
    return Base + "*";
  case StepKind::Index:
    return Base + "[]";
  default:
    return "";
  }
}

std::string PathTable::spell(PathId P) const {
  if (P == kNone)
    return "?";
  const Path &Step = Table[P];
  if (Step.Kind == StepKind::Root) {
    const Object &O = Objects[Step.Object];
    return O.Name.empty() ? "(temporary)" : O.Name;
  }
  const Path &Base = Table[Step.Parent];
  bool BaseIsThis =
      Base.Kind == StepKind::Root && Objects[Base.Object].K == Object::This;
  switch (Step.Kind) {
  case StepKind::Field:
    if (BaseIsThis)
      return Step.Label;
    if (Base.Kind == StepKind::Deref)
      return spell(Base.Parent) + "->" + Step.Label;
    return spell(Step.Parent) + "." + Step.Label;
  case StepKind::Deref:
    return "*" + spell(Step.Parent);
  case StepKind::Address:
    return BaseIsThis ? "this" : "&" + spell(Step.Parent);
  case StepKind::Index:
    return spell(Step.Parent) + "[" +
           (Step.Label.empty() ? "..." : withoutMarks(Step.Label)) + "]";
  case StepKind::Root:
    break;
  }
  return "?";
}

} // namespace heddle
