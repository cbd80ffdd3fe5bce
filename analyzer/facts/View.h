// A scope, and what is computed from it once for all checks that ask.
#ifndef HEDDLE_FACTS_VIEW_H
#define HEDDLE_FACTS_VIEW_H

#include "facts/Scope.h"

#include <map>
#include <memory>

namespace heddle {

class View {
public:
  explicit View(Scope S) : S(std::move(S)) {}
  View(const View &) = delete;

  const Scope &scope() const { return S; }
  const Unit &unit() const { return *S.U; }
  const PathTable &paths() const { return S.U->Paths; }

  // The one instance of `Analysis` for this scope, made of the scope when it is
  // asked for first.
  template <class Analysis> const Analysis &of() const {
    static const char kKey = 0;
    std::shared_ptr<void> &Slot = Known[&kKey];
    if (!Slot)
      Slot = std::make_shared<Analysis>(S);
    return *static_cast<const Analysis *>(Slot.get());
  }

private:
  const Scope S;
  mutable std::map<const void *, std::shared_ptr<void>> Known;
};

} // namespace heddle

#endif
