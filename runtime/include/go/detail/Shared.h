// Counted references whose counting a detector does not see.
#ifndef GO_DETAIL_SHARED_H
#define GO_DETAIL_SHARED_H

#include "go/detail/Base.h"

#include <utility>

namespace go::detail {

// One value on the heap, counted. The one that destroys it is ordered after all
// that gave up a reference; nothing else is ordered.
struct ValueBox;
GO_EXPORT ValueBox *boxMake(void *Value, void (*Destroy)(void *));
GO_EXPORT void boxRetain(ValueBox *B) noexcept;
GO_EXPORT void boxRelease(ValueBox *B) noexcept;
GO_EXPORT void *boxValue(ValueBox *B) noexcept;

template <class T> ValueBox *boxOf(T *Value) {
  return boxMake(const_cast<void *>(static_cast<const void *>(Value)),
                 [](void *P) { delete static_cast<T *>(P); });
}

// A reference to a T, or null.
template <class T> class Shared {
public:
  Shared() = default;
  explicit Shared(ValueBox *Adopted) : Box(Adopted) {}
  Shared(const Shared &O) : Box(O.Box) { boxRetain(Box); }
  Shared(Shared &&O) noexcept : Box(std::exchange(O.Box, nullptr)) {}
  Shared &operator=(Shared O) noexcept {
    std::swap(Box, O.Box);
    return *this;
  }
  ~Shared() { boxRelease(Box); }
  template <class... Args> static Shared make(Args &&...Values) {
    return Shared(boxOf(new T(std::forward<Args>(Values)...)));
  }

  T *get() const { return static_cast<T *>(boxValue(Box)); }
  T &operator*() const { return *get(); }
  T *operator->() const { return get(); }
  explicit operator bool() const { return Box != nullptr; }
  ValueBox *box() const { return Box; }

private:
  ValueBox *Box = nullptr;
};

} // namespace go::detail
#endif
