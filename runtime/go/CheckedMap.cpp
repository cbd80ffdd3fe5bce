// The check behind go::map: is anybody else in it.
//
// A write counts itself in Writers while it lasts, and Writes counts them all;
// whoever reads finds Writers at 0 before and after, and whoever iterates finds
// Writes as it was at the beginning. Each of the two threads may be the one
// that notices. Reference: hashWriting in Go's runtime/map.go.
#include "go/CheckedMap.h"

#include "go/Waiter.h"

namespace sched = heddle::sched;

namespace go::detail {

// Ordering: relaxed throughout; the check must order nothing, and what it sees
// too late another round sees.
void mapReads(MapUse &U, Site At) {
  sched::schedulePoint();
  if (U.Writers.load(std::memory_order_relaxed))
    sched::fatal("concurrent map read and map write", toSite(At));
}

void mapWrites(MapUse &U, Site At) {
  if (U.Writers.fetch_add(1, std::memory_order_relaxed))
    sched::fatal("concurrent map writes", toSite(At));
  U.Writes.fetch_add(1, std::memory_order_relaxed);
  sched::schedulePoint(); // where another may come in
}

void mapWritten(MapUse &U, Site At) {
  if (U.Writers.fetch_sub(1, std::memory_order_relaxed) != 1)
    sched::fatal("concurrent map writes", toSite(At));
}

unsigned mapIterates(MapUse &U) {
  return U.Writes.load(std::memory_order_relaxed);
}

void mapIterated(MapUse &U, unsigned Begun, Site At) {
  if (U.Writers.load(std::memory_order_relaxed) ||
      U.Writes.load(std::memory_order_relaxed) != Begun)
    sched::fatal("concurrent map iteration and map write", toSite(At));
}

} // namespace go::detail
