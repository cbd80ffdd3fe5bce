// The queue of blocked goroutines and threads inside every primitive.
#ifndef GO_DETAIL_WAITQUEUE_H
#define GO_DETAIL_WAITQUEUE_H

#include <atomic>
#include <cstdint>

namespace go::detail {

struct Waiter;

// First in, first out. All zero is empty and unlocked, so that primitives are
// usable from static storage before any constructor has run.
struct WaitQueue {
  Waiter *Head = nullptr;
  Waiter *Tail = nullptr;
  std::atomic<std::uint32_t> Lock{0}; // guards the queue and the slow path
};

} // namespace go::detail
#endif
