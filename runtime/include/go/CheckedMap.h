// map<K, V>: a hash map that ends the process when it is used by two at once.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <string>
//
//   int main() {
//     return go::main([] {
//       go::Mutex Mu;
//       go::map<std::string, int> Words;       // guarded by Mu
//       go::WaitGroup Wg;
//       for (int I = 0; I < 4; ++I)
//         Wg.go([&] {
//           std::lock_guard Hold(Mu);          // without it: fatal error
//           ++Words["go"];
//         });
//       Wg.wait();
//       std::printf("%d\n", Words.at("go"));   // prints 4
//     });
//   }
//
// Like Go's built-in map it is not safe for several goroutines, and checks, for
// the price of one byte, that it is not used by several: "fatal error:
// concurrent map read and map write", "concurrent map writes", "concurrent map
// iteration and map write". The check finds what really overlaps in time; the
// detector finds the rest. For a map that many may use see Map.h.
//
// Happens-before: it orders nothing.
#ifndef GO_CHECKEDMAP_H
#define GO_CHECKEDMAP_H

#include "go/detail/Base.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace go {
namespace detail {

// Who uses a map at the moment. The calls are the library's, so that a detector
// takes none of this for synchronisation.
struct MapUse {
  std::atomic<int> Writers{0};
  std::atomic<unsigned> Writes{0};
};
GO_EXPORT void mapReads(MapUse &U, Site At);
GO_EXPORT void mapWrites(MapUse &U, Site At);
GO_EXPORT void mapWritten(MapUse &U, Site At);
// Begins an iteration; mapIterated is fatal if the map was written since.
GO_EXPORT unsigned mapIterates(MapUse &U);
GO_EXPORT void mapIterated(MapUse &U, unsigned Begun, Site At);

} // namespace detail

template <class K, class V, class Hash = std::hash<K>,
          class Equal = std::equal_to<K>>
class map {
public:
  map() = default;

  std::size_t size() const { return Table.size(); }
  bool empty() const { return Table.empty(); }
  // Returns the value of Key, or null.
  GO_ROLE("map_read")
  const V *find(const K &Key, Site At = Site::here()) const {
    detail::mapReads(Use, At);
    auto Found = Table.find(Key);
    detail::mapReads(Use, At);
    return Found == Table.end() ? nullptr : &Found->second;
  }
  bool contains(const K &Key, Site At = Site::here()) const {
    return find(Key, At) != nullptr;
  }
  // Errors: throws std::out_of_range if Key is not there.
  const V &at(const K &Key, Site At = Site::here()) const {
    if (const V *Found = find(Key, At))
      return *Found;
    throw std::out_of_range("go::map::at");
  }
  // Returns the value of Key, made if it is not there.
  GO_ROLE("map_write") V &operator[](const K &Key) {
    Writing Now(Use, {});
    return Table[Key];
  }
  GO_ROLE("map_write")
  void set(const K &Key, V Value, Site At = Site::here()) {
    Writing Now(Use, At);
    Table.insert_or_assign(Key, std::move(Value));
  }
  GO_ROLE("map_write") bool erase(const K &Key, Site At = Site::here()) {
    Writing Now(Use, At);
    return Table.erase(Key) != 0;
  }
  GO_ROLE("map_write") void clear(Site At = Site::here()) {
    Writing Now(Use, At);
    Table.clear();
  }
  // Calls Fn(key, value) for each key. Fn may change values in place, but not
  // the map.
  template <class F>
  GO_ROLE("map_range")
  void range(F &&Fn, Site At = Site::here()) const {
    unsigned Begun = detail::mapIterates(Use);
    for (const auto &[Key, Value] : Table) {
      Fn(Key, Value);
      detail::mapIterated(Use, Begun, At);
    }
  }

private:
  class Writing {
  public:
    Writing(detail::MapUse &U, Site At) : U(U), At(At) {
      detail::mapWrites(U, At);
    }
    ~Writing() { detail::mapWritten(U, At); }

  private:
    detail::MapUse &U;
    Site At;
  };

  std::unordered_map<K, V, Hash, Equal> Table;
  mutable detail::MapUse Use;
};

} // namespace go
#endif
