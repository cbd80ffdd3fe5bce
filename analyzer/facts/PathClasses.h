// Paths that name one object: a union-find over path ids.
#ifndef HEDDLE_FACTS_PATHCLASSES_H
#define HEDDLE_FACTS_PATHCLASSES_H

#include "facts/Paths.h"

namespace heddle {

class PathClasses {
public:
  // The one path that stands for all that were joined with P.
  PathId of(PathId P) const {
    for (auto It = Parent.find(P); It != Parent.end(); It = Parent.find(P))
      P = It->second;
    return P;
  }
  // From now on, A's class is known by what stands for B.
  void join(PathId A, PathId B) {
    A = of(A);
    B = of(B);
    if (A != B)
      Parent[A] = B;
  }

private:
  std::map<PathId, PathId> Parent;
};

} // namespace heddle

#endif
