// Path copying, joins and comparison of the clock trees.
#include "clock/VectorClock.h"

#include <cstring>

namespace heddle {

constinit Pool<ClockNode> VectorClock::Nodes;
static constinit std::atomic<bool> OrderLost{false};

void noteOrderLost() { OrderLost.store(true, std::memory_order_relaxed); }
bool isOrderLost() { return OrderLost.load(std::memory_order_relaxed); }

void initClocks(void *Region, size_t Bytes) {
  VectorClock::Nodes.init(Region, Bytes);
}

void leaveClockNodes(uint32_t Count) { VectorClock::Nodes.leave(Count); }

void lockClocks() { VectorClock::Nodes.lockAll(); }
void unlockClocks() { VectorClock::Nodes.unlockAll(); }

// The operations on nodes. "Owned" parameters and results carry one reference.
struct ClockTree {
  static constexpr unsigned kWords = ClockNode::kWords;

  static ClockNode &node(uint32_t Id) { return *VectorClock::Nodes.at(Id); }

  static uint32_t share(uint32_t Id) {
    if (Id)
      node(Id).Refs.fetch_add(1, std::memory_order_relaxed);
    return Id;
  }

  static bool isUnique(uint32_t Id) {
    // Ordering: acquire pairs with the release in drop(), so that the last
    // reads of another former owner precede our writes.
    return node(Id).Refs.load(std::memory_order_acquire) == 1;
  }

  static void drop(uint32_t Id, unsigned Level) {
    if (!Id)
      return;
    // Ordering: see isUnique().
    if (node(Id).Refs.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    if (Level)
      for (uint32_t Child : node(Id).Word)
        drop(Child, Level - 1);
    VectorClock::Nodes.release(Id);
  }

  // Node 0, which means nothing, when there are no more.
  static uint32_t allocate() {
    uint32_t Id = VectorClock::Nodes.allocate();
    if (__builtin_expect(!Id, false))
      noteOrderLost();
    return Id;
  }

  static uint32_t create() {
    uint32_t Id = allocate();
    ClockNode &N = node(Id);
    N.Refs.store(1, std::memory_order_relaxed);
    memset(N.Word, 0, sizeof(N.Word));
    return Id;
  }

  static uint32_t copy(uint32_t From, unsigned Level) {
    uint32_t Id = allocate();
    ClockNode &N = node(Id);
    N.Refs.store(1, std::memory_order_relaxed);
    memcpy(N.Word, node(From).Word, sizeof(N.Word));
    if (Level)
      for (uint32_t Child : N.Word)
        share(Child);
    return Id;
  }

  // Owned -> owned and unique.
  static uint32_t writable(uint32_t Id, unsigned Level) {
    if (!Id)
      return create();
    if (isUnique(Id))
      return Id;
    uint32_t Mine = copy(Id, Level);
    drop(Id, Level);
    return Mine;
  }

  static uint32_t raise(uint32_t Id, unsigned Level, uint32_t Slot,
                        uint32_t Clock) {
    Id = writable(Id, Level);
    uint32_t &W =
        node(Id).Word[Slot >> (ClockNode::kShift * Level) & (kWords - 1)];
    W = Level ? raise(W, Level - 1, Slot, Clock) : Clock;
    return Id;
  }

  static uint32_t joinLeaves(uint32_t A, uint32_t B) {
    const uint32_t *X = node(A).Word, *Y = node(B).Word;
    bool Less = false, Greater = false;
    for (unsigned I = 0; I < kWords; ++I) {
      Less |= X[I] < Y[I];
      Greater |= X[I] > Y[I];
    }
    if (!Less)
      return share(A);
    if (!Greater)
      return share(B);
    uint32_t Id = copy(A, 0);
    uint32_t *Z = node(Id).Word;
    for (unsigned I = 0; I < kWords; ++I)
      Z[I] = Z[I] < Y[I] ? Y[I] : Z[I];
    return Id;
  }

  // Borrowed A and B of the same level -> owned result, shared with A or B
  // where it equals one of them.
  static uint32_t joined(uint32_t A, uint32_t B, unsigned Level) {
    if (A == B || !B)
      return share(A);
    if (!A)
      return share(B);
    if (!Level)
      return joinLeaves(A, B);
    uint32_t Result = 0;
    bool IsB = true;
    for (unsigned I = 0; I < kWords; ++I) {
      uint32_t Child = node(A).Word[I];
      uint32_t J = joined(Child, node(B).Word[I], Level - 1);
      IsB &= J == node(B).Word[I];
      if (J == Child) {
        drop(J, Level - 1);
        continue;
      }
      if (!Result)
        Result = copy(A, Level);
      drop(std::exchange(node(Result).Word[I], J), Level - 1);
    }
    if (!Result)
      return share(A);
    if (!IsB)
      return Result;
    drop(Result, Level);
    return share(B);
  }

  // Owned A, borrowed B -> owned; writes into A's nodes where they are A's
  // alone.
  static uint32_t join(uint32_t A, uint32_t B, unsigned Level) {
    if (A == B || !B)
      return A;
    if (A && isUnique(A)) {
      uint32_t *__restrict X = node(A).Word; // A's alone
      const uint32_t *__restrict Y = node(B).Word;
      if (!Level)
        for (unsigned I = 0; I < kWords; ++I)
          X[I] = X[I] < Y[I] ? Y[I] : X[I];
      else
        for (unsigned I = 0; I < kWords; ++I)
          if (X[I] != Y[I])
            X[I] = join(X[I], Y[I], Level - 1);
      return A;
    }
    uint32_t Result = joined(A, B, Level);
    drop(A, Level);
    return Result;
  }

  static bool isLeq(uint32_t A, uint32_t B, unsigned Level) {
    if (A == B || !A)
      return true;
    static constexpr uint32_t Zeros[kWords] = {};
    const uint32_t *X = node(A).Word, *Y = B ? node(B).Word : Zeros;
    for (unsigned I = 0; I < kWords; ++I)
      if (Level ? !isLeq(X[I], Y[I], Level - 1) : X[I] > Y[I])
        return false;
    return true;
  }
};

VectorClock::VectorClock(const VectorClock &Other)
    : Root(ClockTree::share(Other.Root)), Height(Other.Height) {}

void VectorClock::assign(const VectorClock &Other) {
  uint32_t Shared = ClockTree::share(Other.Root);
  ClockTree::drop(Root, Height);
  Root = Shared;
}

VectorClock &VectorClock::operator=(VectorClock &&Other) noexcept {
  std::swap(Root, Other.Root);
  std::swap(Height, Other.Height);
  return *this;
}

void VectorClock::clear() {
  ClockTree::drop(std::exchange(Root, 0), std::exchange(Height, 0));
}

void VectorClock::growTo(unsigned NewHeight) {
  for (; Height < NewHeight; ++Height) {
    if (!Root)
      continue;
    uint32_t Top = ClockTree::create();
    ClockTree::node(Top).Word[0] = Root;
    Root = Top;
  }
}

void VectorClock::raise(uint32_t Slot, uint32_t Clock) {
  if (get(Slot) >= Clock)
    return;
  unsigned Needed = Height;
  while (Slot >> (ClockNode::kShift * (Needed + 1)))
    ++Needed;
  growTo(Needed);
  Root = ClockTree::raise(Root, Height, Slot, Clock);
}

void VectorClock::join(const VectorClock &Other) {
  if (Root == Other.Root || !Other.Root)
    return;
  if (!Root) {
    *this = Other;
    return;
  }
  if (Other.Height >= Height) {
    growTo(Other.Height);
    Root = ClockTree::join(Root, Other.Root, Height);
    return;
  }
  VectorClock Tall(Other);
  Tall.growTo(Height);
  Root = ClockTree::join(Root, Tall.Root, Height);
}

bool VectorClock::isLeq(const VectorClock &Other) const {
  if (Height == Other.Height || Root == Other.Root)
    return ClockTree::isLeq(Root, Other.Root, Height);
  VectorClock A(*this), B(Other);
  A.growTo(B.Height);
  B.growTo(A.Height);
  return ClockTree::isLeq(A.Root, B.Root, A.Height);
}

} // namespace heddle
