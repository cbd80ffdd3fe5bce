// Map<K, V>: a table that any number of goroutines read and change at once.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <string>
//
//   int main() {
//     return go::main([] {
//       go::Map<std::string, int> Ports;
//       go::WaitGroup Wg;
//       Wg.go([&] { Ports.store("http", 80); });
//       Wg.go([&] { Ports.store("https", 443); });
//       Wg.wait();
//       if (auto Port = Ports.load("https"))
//         std::printf("%d\n", *Port);             // prints 443
//       auto [Kept, Loaded] = Ports.loadOrStore("http", 8080);
//       std::printf("%d %d\n", *Kept, Loaded);    // prints 80 1
//     });
//   }
//
// What it returns are snapshots: they keep their value, whatever happens to the
// map, and are null where there is none. A value is replaced as a whole, never
// changed in place.
//
// Requires: the hash and == of a key do not call go:: and do not throw.
//
// Happens-before: the write of a value -> each operation that sees it. A
// loadOrStore that loads writes nothing.
#ifndef GO_MAP_H
#define GO_MAP_H

#include "go/AtomicValue.h"
#include "go/detail/Base.h"
#include "go/detail/MapCore.h"
#include "go/detail/Shared.h"

#include <functional>
#include <type_traits>
#include <utility>

namespace go {

template <class K, class V, class Hash = std::hash<K>,
          class Equal = std::equal_to<K>>
class Map {
public:
  constexpr Map() noexcept = default;
  Map(const Map &) = delete;
  Map &operator=(const Map &) = delete;
  ~Map() { detail::mapEnd(Core); }

  // Returns the value of Key, or null.
  GO_ROLE("map_load") Snapshot<V> load(const K &Key) const {
    return Snapshot<V>(detail::mapLoad(Core, kOps, Hash()(Key), &Key));
  }
  GO_ROLE("map_store") void store(const K &Key, V Value) {
    static_cast<void>(swap(Key, std::move(Value)));
  }
  // Stores Value and returns what was there, or null.
  GO_ROLE("map_swap") Snapshot<V> swap(const K &Key, V Value) {
    auto New = Boxed::make(std::move(Value));
    return Snapshot<V>(write(Key, detail::MapWrite::Always, nullptr, New).Old);
  }
  // Returns the value of Key if it has one (true), else stores Value and
  // returns that (false).
  GO_ROLE("map_load_or_store")
  std::pair<Snapshot<V>, bool> loadOrStore(const K &Key, V Value) {
    auto New = Boxed::make(std::move(Value));
    auto Result = write(Key, detail::MapWrite::IfAbsent, nullptr, New);
    if (Result.Done)
      return {Snapshot<V>(std::move(New)), false};
    return {Snapshot<V>(Result.Old), true};
  }
  // Removes Key and returns its value, or null.
  GO_ROLE("map_delete") Snapshot<V> loadAndDelete(const K &Key) {
    return Snapshot<V>(
        detail::mapErase(Core, kOps, Hash()(Key), &Key, nullptr));
  }
  GO_ROLE("map_delete") void erase(const K &Key) {
    static_cast<void>(loadAndDelete(Key));
  }
  // Stores New if the value of Key equals Old; says whether it did.
  GO_ROLE("map_compare_swap")
  bool compareAndSwap(const K &Key, const V &Old, V New) {
    auto Box = Boxed::make(std::move(New));
    while (Snapshot<V> Now = load(Key)) {
      if (!(*Now == Old))
        return false;
      if (write(Key, detail::MapWrite::IfSame, Now.box(), Box).Done)
        return true;
    }
    return false;
  }
  // Removes Key if its value equals Old; says whether it did.
  GO_ROLE("map_compare_delete")
  bool compareAndDelete(const K &Key, const V &Old) {
    while (Snapshot<V> Now = load(Key)) {
      if (!(*Now == Old))
        return false;
      if (Snapshot<V>(
              detail::mapErase(Core, kOps, Hash()(Key), &Key, Now.box())))
        return true;
    }
    return false;
  }
  // Removes all keys.
  GO_ROLE("map_clear") void clear() { detail::mapClear(Core); }

  // Calls Fn(key, value) for each key, at most once, until it returns false (it
  // may return nothing). No snapshot of the whole: a value is that of some
  // moment during the call. Fn may use the map, and range over it, too.
  template <class F> GO_ROLE("map_range") void range(F &&Fn) const {
    detail::MapCursor Cursor(Core);
    while (detail::MapEntry *E = Cursor.next()) {
      Snapshot<V> Value(detail::mapEntryValue(E));
      if (!Value)
        continue; // removed meanwhile
      const K &Key = *static_cast<const K *>(detail::mapEntryKey(E));
      if constexpr (std::is_convertible_v<decltype(Fn(Key, *Value)), bool>) {
        if (!Fn(Key, *Value))
          return;
      } else {
        Fn(Key, *Value);
      }
    }
  }

private:
  using Boxed = detail::Shared<const V>;

  static constexpr detail::MapOps kOps{
      [](const void *A, const void *B) -> bool {
        return Equal()(*static_cast<const K *>(A), *static_cast<const K *>(B));
      },
      [](void *P) { delete static_cast<K *>(P); }};

  // A key is copied only if it is not there yet: once without a copy, and again
  // with one if that is needed.
  detail::MapResult write(const K &Key, detail::MapWrite How,
                          detail::ValueBox *Same, const Boxed &New) {
    std::size_t H = Hash()(Key);
    auto Result =
        detail::mapStore(Core, kOps, H, &Key, nullptr, How, Same, New.box());
    if (!Result.NeedsKey)
      return Result;
    return detail::mapStore(Core, kOps, H, &Key, new K(Key), How, Same,
                            New.box());
  }

  mutable detail::MapSlot Core{nullptr};
};

} // namespace go
#endif
