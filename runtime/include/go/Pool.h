// Pool<T> keeps objects that are not in use for the next who needs one.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <string>
//
//   go::Pool<std::string> Buffers([] { return std::make_unique<std::string>();
//   }); int main() {
//     return go::main([] {
//       auto Text = Buffers.get();            // a used one, or a new one
//       Text->assign("line");
//       std::printf("%s\n", Text->c_str());   // prints line
//       Text->clear();
//       Buffers.put(std::move(Text));
//     });
//   }
//
// Which object comes back is not said, and one that was put may be gone: a full
// pool drops it, and under a detector one in four is dropped at random, so that
// nobody comes to rely on it.
//
// Happens-before: the put of an object -> the get that returns it.
#ifndef GO_POOL_H
#define GO_POOL_H

#include "go/detail/Base.h"

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace go {
namespace detail {
struct PoolCore;
using PoolSlot = std::atomic<PoolCore *>;
// Returns false if there is no room, or by chance under a detector.
GO_EXPORT bool poolPut(PoolSlot &P, void *Object);
GO_EXPORT void *poolGet(PoolSlot &P); // or null
GO_EXPORT void poolEnd(PoolSlot &P, void (*Destroy)(void *));
} // namespace detail

template <class T> class Pool {
public:
  // A pool whose get returns null when it is empty.
  constexpr Pool() noexcept = default;
  // One whose get returns New() then.
  explicit Pool(std::function<std::unique_ptr<T>()> New)
      : New(std::move(New)) {}
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;
  ~Pool() {
    detail::poolEnd(Core, [](void *P) { delete static_cast<T *>(P); });
  }

  // Takes an object out, in no order; if there is none, a new one or null.
  GO_ROLE("pool_get") std::unique_ptr<T> get() {
    if (void *Object = detail::poolGet(Core))
      return std::unique_ptr<T>(static_cast<T *>(Object));
    return New ? New() : nullptr;
  }
  // Hands an object in; null is nothing.
  GO_ROLE("pool_put") void put(std::unique_ptr<T> Object) {
    if (Object && detail::poolPut(Core, Object.get()))
      static_cast<void>(Object.release());
  }

private:
  std::function<std::unique_ptr<T>()> New;
  detail::PoolSlot Core{nullptr};
};

} // namespace go
#endif
