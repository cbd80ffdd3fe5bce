// The communication skeleton of one scope: small automata over shared objects.
//
// A skeleton keeps of a program only what decides who can go on: channel, wait
// group, lock, condition and once operations, branches, loops, spawns. Values
// are not kept. A condition that means the same wherever it is read is a Guard.
//
// Invariants:
//  - Strands[0] is the root: the function whose scope is explored.
//  - A place with several edges is a choice. If all of them are operations it
//    is a select; an Otherwise edge is then its default.
//  - Edges are taken one at a time, except that a send and a receive on a
//    channel of capacity 0 are taken together.
//  - A place without edges is the end of its strand.
// Reference: Ng and Yoshida, CC 2016; Lange et al., POPL 2017 (behavioural
// types of Go); Dilley and Lange, ASE 2021 (symbolic bounds by instantiation).
#ifndef HEDDLE_SKELETON_SKELETON_H
#define HEDDLE_SKELETON_SKELETON_H

#include <cstdint>
#include <string>
#include <vector>

namespace heddle::skeleton {

/// A point of the source, as an index into a table that the builder keeps.
using SiteId = uint32_t;
inline constexpr SiteId kNoSite = ~0u;

using StrandId = uint32_t;
using ObjectId = uint16_t;
using PlaceId = uint16_t;
inline constexpr ObjectId kNoObject = 0xffff;

/// A count: a constant, or a symbol (the same unknown value wherever the symbol
/// stands) plus a constant, or not known at all.
struct Bound {
  enum KindTy : uint8_t { Constant, Symbol, Unknown } Kind = Constant;
  uint8_t Index = 0;
  int16_t Value = 0;

  static Bound constant(int N) { return {Constant, 0, int16_t(N)}; }
  static Bound symbol(unsigned Index, int Plus = 0) {
    return {Symbol, uint8_t(Index), int16_t(Plus)};
  }
  static Bound unknown() { return {Unknown, 0, 0}; }
  friend bool operator==(const Bound &, const Bound &) = default;
};

enum class ObjectKind : uint8_t { Channel, WaitGroup, Lock, Cond, Once };

struct Object {
  ObjectKind Kind = ObjectKind::Channel;
  /// Channels only. Unknown: sends and receives are never claimed to block.
  Bound Capacity;
  /// From the start known to code that the skeleton does not contain.
  bool Escaped = false;
  /// Made anew in each round of a loop: wait groups do not count as used.
  bool Fresh = false;
  std::string Name;
  SiteId Made = kNoSite;
};

/// What an edge does. Object and Arg say with what.
enum class Op : uint8_t {
  Silent,     // nothing; also a timer or a blocking call, which end at any time
  Make,       // creates Object afresh
  Escape,     // hands Object to code that is not known: its state means nothing
  Send,       // blocks while full; an error when closed
  Recv,       // blocks while empty and open
  RecvValue,  // as Recv, but only with a value
  RecvClosed, // only when closed and empty
  Close,      // an error when closed
  Cancel,     // a close that may be repeated
  Otherwise,  // only when no operation beside it is ready
  Add,        // Arg times Count; done is Arg -1; an error below zero
  Wait,       // blocks while the counter is not zero
  Lock,       // exclusive
  Unlock,
  RLock, // shared; a waiting writer goes first is not modelled
  RUnlock,
  CondWait,  // gives up lock Arg and joins the waiters of Object
  CondWake,  // blocks until a signal; the lock is taken by an edge of its own
  Signal,    // wakes one waiter, if any
  Broadcast, // wakes all
  OnceRun,   // the first caller
  OnceEnd,   // the first caller has returned
  OncePass,  // blocks until OnceEnd
  Spawn,     // starts strand Arg
  Return,    // the root function returns
  Halt,      // the process ends: what is blocked then does not matter
  LoopInit,  // counter Arg = 0
  LoopNext,  // counter Arg is below Count: one more
  LoopExit,  // counter Arg has reached Count
};

/// A guard that an edge needs: condition Index has the value Positive. The
/// first edge that tests a guard chooses its value for the rest of the run.
struct Guard {
  static constexpr uint8_t kNone = 0xff;
  uint8_t Index = kNone;
  bool Positive = true;
  /// The condition belongs to the strand, not to the run.
  bool PerStrand = false;
  explicit operator bool() const { return Index != kNone; }
};

struct Edge {
  PlaceId To = 0;
  Op What = Op::Silent;
  ObjectId On = kNoObject;
  int16_t Arg = 0;
  /// Add: the amount. LoopNext, LoopExit: how often the loop runs.
  Bound Count = Bound::constant(1);
  Guard If;
  /// What the guard is from here on: the result of an operation. PerStrand.
  Guard Sets;
  /// The builder does not know whether this can happen in the program (a loop
  /// of unknown length ends, a value that was received decides). What is found
  /// only through such edges is not proven.
  bool Assumed = false;
  SiteId Site = kNoSite;
};

struct Place {
  std::vector<Edge> Edges;
};

struct Strand {
  std::string Name;
  SiteId Spawned = kNoSite;
  std::vector<Place> Places{Place{}};
  uint8_t LocalGuards = 0;
  uint8_t Counters = 0;
};

struct Skeleton {
  std::vector<Object> Objects;
  std::vector<Strand> Strands;
  uint8_t Guards = 0;
  uint8_t Symbols = 0;
  /// Symbols stand for at least this much.
  uint8_t LeastSymbol = 0;
};

/// True if the edge can have to wait for another strand.
bool mayBlock(Op What);
/// "send", "receive", "wait" ...: the operation in the words of a finding.
const char *opName(Op What);
/// Checks the invariants above; an empty string, or what is wrong.
std::string verify(const Skeleton &S);
/// One line an edge, for tests and `verbose` output.
std::string print(const Skeleton &S);

} // namespace heddle::skeleton

#endif
