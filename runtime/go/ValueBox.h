// The counted box of AtomicValue, Map and detail::Shared.
//
// Clocks: a store releases at Stored, and who gets the value acquires there, so
// that a load is ordered after the store that it sees and after no other.
// Dropped orders the destruction after every use.
#ifndef HEDDLE_GO_VALUEBOX_H
#define HEDDLE_GO_VALUEBOX_H

#include "go/Edges.h"
#include "go/detail/Shared.h"

namespace go::detail {

struct ValueBox {
  std::atomic<long> Count{1};
  void *Value;
  void (*Destroy)(void *);
  alignas(8) char Stored[8] = {};
  alignas(8) char Dropped[8] = {};
};

} // namespace go::detail
#endif
