// What a scope puts into its variables and members: callables and pointers.
//
// A member is looked up by its own path first, then as the member of its class
// that the scope fills in one way only: `Handler` of every Connection, if all
// that the scope ever puts there is one lambda. What is not known to be put
// there, a result or a new object, makes a member unknown.
#ifndef HEDDLE_FACTS_STORED_H
#define HEDDLE_FACTS_STORED_H

#include "facts/Scope.h"

namespace heddle {

struct StoredCallable {
  FunctionId Body = kNone;
  FrameId Closure = kNone; // the frame that made it
};

class Stored {
public:
  explicit Stored(Scope &S) : S(S), P(S.U->Paths) {}

  // Object gets Source (kNone if not known), or the callable.
  void put(PathId Object, PathId Source, StoredCallable Callable);
  // What runs if `Callee` is called, or no body.
  StoredCallable find(PathId Callee) const;
  // Renames, in all steps, pointers and references that only ever hold one
  // object of the scope to that object. Requires: the scope is complete.
  void resolve();

private:
  struct Content {
    PathId Source = kNone;
    StoredCallable Callable;
  };
  const std::vector<Content> *contentOf(PathId Object) const;
  StoredCallable find(PathId Callee, unsigned Depth) const;
  bool isOneObject(PathId Source) const;
  PathId commonSource(const std::vector<Content> &All);
  PathId renameVariable(PathId Root);
  PathId onlySource(PathId Member, const std::string &Name);
  PathId rename(PathId Path, unsigned Depth = 0);
  PathId renameBase(PathId Path, unsigned Depth);
  void rename(Op &O);
  void rename(std::string &Key);

  Scope &S;
  PathTable &P;
  std::map<PathId, std::vector<Content>> ByPath;
  std::map<std::string, std::vector<Content>> ByMember;
  std::map<std::string, PathId> Only;
  std::map<PathId, PathId> Renamed;
};

} // namespace heddle

#endif
