// A vector clock over strand slots that is shared in O(1) and copied on write.
//
// A radix tree of nodes with 32 words: a leaf's words are clocks, an inner
// node's are nodes. Nodes are counted by their references; a node with more
// than one is never written.
//
// Invariants:
// - A slot that was never set has clock 0; entries only grow.
// - Every node on a path from a node with one reference that has itself one
//   reference belongs to one clock alone.
// Thread safety: a VectorClock belongs to one thread at a time (its owner
// locks); nodes are shared between clocks of any threads.
// Reference: Driscoll et al., Making Data Structures Persistent (1989), path
// copying; join skips equal subtrees as tree clocks (ASPLOS'22) skip known
// ones.
#ifndef HEDDLE_CLOCK_VECTORCLOCK_H
#define HEDDLE_CLOCK_VECTORCLOCK_H

#include "base/Pool.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace heddle {

struct ClockNode {
  static constexpr unsigned kShift = 5;
  static constexpr unsigned kWords = 1u << kShift;

  std::atomic<uint32_t> Refs;
  uint32_t FreeLink;
  uint32_t Word[kWords];
};

// Gives the clocks their memory. Called once, before the first clock.
void initClocks(void *Region, size_t Bytes);
// An edge could not be kept for want of memory: from now on what looks
// unordered may be ordered.
void noteOrderLost();
bool isOrderLost();
void leaveClockNodes(uint32_t Count); // see detect/Presets.h
void lockClocks();                    // around fork
void unlockClocks();

class VectorClock {
public:
  VectorClock() = default;
  VectorClock(const VectorClock &Other);
  VectorClock(VectorClock &&Other) noexcept
      : Root(std::exchange(Other.Root, 0)),
        Height(std::exchange(Other.Height, 0)) {}
  VectorClock &operator=(const VectorClock &Other) {
    if (Root != Other.Root)
      assign(Other);
    Height = Other.Height;
    return *this;
  }
  VectorClock &operator=(VectorClock &&Other) noexcept;
  ~VectorClock() { clear(); }

  void clear();
  bool empty() const { return !Root; }
  // True: equal for sure, without looking at the entries.
  bool identical(const VectorClock &Other) const { return Root == Other.Root; }

  [[gnu::always_inline]] uint32_t get(uint32_t Slot) const {
    if (Slot >> (ClockNode::kShift * (Height + 1)))
      return 0;
    uint32_t Id = Root;
    for (unsigned Level = Height; Id && Level; --Level)
      Id = wordsOf(
          Id)[Slot >> (ClockNode::kShift * Level) & (ClockNode::kWords - 1)];
    return Id ? wordsOf(Id)[Slot & (ClockNode::kWords - 1)] : 0;
  }
  // The entry becomes the greater of what it was and Clock.
  void raise(uint32_t Slot, uint32_t Clock);
  // Every entry becomes the greater of the two.
  void join(const VectorClock &Other);
  // True if no entry is greater than Other's.
  bool isLeq(const VectorClock &Other) const;

private:
  static Pool<ClockNode> Nodes;
  static const uint32_t *wordsOf(uint32_t Id) { return Nodes.at(Id)->Word; }
  void assign(const VectorClock &Other);
  void growTo(unsigned NewHeight);

  friend struct ClockTree;
  friend void initClocks(void *, size_t);
  friend void leaveClockNodes(uint32_t);
  friend void lockClocks();
  friend void unlockClocks();

  uint32_t Root = 0;
  uint32_t Height = 0; // levels above the leaf
};

} // namespace heddle
#endif
