// Lookup of what members hold.
#include "facts/Stored.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

static constexpr unsigned kMaxHops = 6; // from a member to what fills it

void Stored::put(PathId Object, PathId Source, StoredCallable Callable) {
  if (Object == kNone || Object == Source)
    return;
  Content C{Source, Callable};
  ByPath[Object].push_back(C);
  if (std::string Name = P.memberName(Object); !Name.empty())
    ByMember[Name].push_back(C);
}

const std::vector<Stored::Content> *Stored::contentOf(PathId Object) const {
  if (auto It = ByPath.find(Object); It != ByPath.end())
    return &It->second;
  auto It = ByMember.find(P.memberName(Object));
  return It == ByMember.end() ? nullptr : &It->second;
}

StoredCallable Stored::find(PathId Callee) const { return find(Callee, 0); }

StoredCallable Stored::find(PathId Callee, unsigned Depth) const {
  const auto *All =
      Callee == kNone || Depth > kMaxHops ? nullptr : contentOf(Callee);
  StoredCallable Found;
  if (!All)
    return Found;
  for (const Content &C : *All) {
    // To run an empty body, or not to, is the same.
    if (C.Callable.Body != kNone && S.U->function(C.Callable.Body).Ops.empty())
      continue;
    StoredCallable One =
        C.Callable.Body != kNone ? C.Callable : find(C.Source, Depth + 1);
    if (One.Body == kNone || (Found.Body != kNone && Found.Body != One.Body))
      return {};
    Found = One;
  }
  return Found;
}

// One that exists once while the scope runs, by a name that always means it.
bool Stored::isOneObject(PathId Source) const {
  const Object &Root = P.rootObject(Source);
  if (Root.K == Object::Global || Root.K == Object::StaticLocal)
    return !P.isVague(Source);
  StrandId Owner = S.owner(Source);
  return Owner != kNone && !S.Strands[Owner].Many && Root.Loop == kNone &&
         !Root.Assigned && !P.isVague(Source) &&
         (Root.K == Object::Local || Root.K == Object::Heap);
}

PathId Stored::onlySource(PathId Member, const std::string &Name) {
  auto [It, New] = Only.try_emplace(Name, kNone);
  auto Found = ByMember.find(Name);
  if (!New || Found == ByMember.end())
    return It->second;
  PathId Source = commonSource(Found->second);
  if (Source == kNone || P.isPrefix(Member, Source))
    return kNone;
  return Only[Name] = Source;
}

// The one object that all of them hold, or kNone.
PathId Stored::commonSource(const std::vector<Content> &All) {
  PathId Source = kNone;
  for (const Content &C : All) {
    PathId To = C.Source == kNone ? kNone : rename(C.Source);
    if (To == kNone || (Source != kNone && To != Source))
      return kNone;
    Source = To;
  }
  return Source != kNone && isOneObject(Source) ? Source : kNone;
}

// A pointer that is set after its declaration, or by the function that returns
// it.
PathId Stored::renameVariable(PathId Root) {
  const Object &O = P.rootObject(Root);
  auto It = ByPath.find(Root);
  bool Local = O.K == Object::Local || O.K == Object::Temporary;
  if (!Local || It == ByPath.end() || O.Role == TypeRole::Channel ||
      O.Role == TypeRole::Callable)
    return Root;
  Renamed[Root] = Root;
  PathId Source = commonSource(It->second);
  if (Source != kNone && P.path(Source).Object != P.path(Root).Object)
    Renamed[Root] = Source;
  return Renamed[Root];
}

PathId Stored::rename(PathId Path, unsigned Depth) {
  if (Path == kNone || Depth > 24)
    return Path;
  if (auto It = Renamed.find(Path); It != Renamed.end())
    return It->second;
  if (P.path(Path).Kind == StepKind::Root)
    return renameVariable(Path);
  PathId Now = renameBase(Path, Depth);
  StepKind K = P.path(Now).Kind;
  if (K == StepKind::Field || K == StepKind::Index)
    if (PathId To = onlySource(Now, P.memberName(Now)); To != kNone)
      Now = To;
  return Renamed[Path] = Now;
}

// The member itself, of the object that its holder stands for.
PathId Stored::renameBase(PathId Path, unsigned Depth) {
  if (P.path(Path).Kind == StepKind::Root)
    return Path;
  const heddle::Path Step = P.path(Path);
  PathId Base = rename(Step.Parent, Depth + 1);
  return Base == Step.Parent ? Path
                             : P.extend(Base, Step.Kind, Step.Label, Step.Role,
                                        Step.Handle, Step.Class);
}

void Stored::rename(Op &O) {
  if (O.Kind == OpKind::Store) {
    O.Object = renameBase(O.Object, 0);
    O.Args[0] = rename(O.Args[0]);
    return;
  }
  // What is read or written is the pointer, not what it leads to.
  bool Accesses = O.Object != kNone &&
                  (O.Kind == OpKind::Read || O.Kind == OpKind::Write) &&
                  (O.Wide || P.path(O.Object).Role == TypeRole::Pointer);
  O.Object = Accesses ? renameBase(O.Object, 0) : rename(O.Object);
  for (PathId *Each :
       {&O.This, &O.Handle, &O.Guard, &O.Needs, &O.Result, &O.CalleeValue})
    *Each = rename(*Each);
  for (PathId &A : O.Args)
    A = rename(A);
  for (SelectCase &C : O.Cases)
    C.Channel = rename(C.Channel);
}

void Stored::rename(std::string &Key) {
  Key = replaceMarks(Key, [&](PathId Path) { return mark(rename(Path)); });
}

void Stored::resolve() {
  if (ByPath.empty())
    return;
  for (Step &At : S.Steps) {
    rename(At.Do);
    rename(At.Do.Count.Key);
  }
  for (Strand &St : S.Strands)
    for (StrandLoop &L : St.Loops) {
      L.Over = rename(L.Over);
      rename(L.Bound.Key);
    }
  for (ScopeCondition &C : S.Conditions)
    rename(C.Key);
}

} // namespace heddle
