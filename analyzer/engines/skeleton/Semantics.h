// What a skeleton can do next: its states and the steps between them.
//
// A state is a byte string, so that hashing and comparing it is cheap:
//   flags | guards | two bytes an object | one record a live strand
// The record of a strand: strand id, place (2), its guards, its counters.
//
// Invariants:
//  - Record 0 is the root and stays when it has ended; any other record goes
//    with its strand. Records 1.. are sorted: strands of one automaton in the
//    same condition are interchangeable, and sorting makes such states equal.
//  - An operation on an escaped object is always ready and changes nothing:
//    code that is not known may do whatever it waits for at any time. This is
//    the environment strand, folded into the objects.
#ifndef HEDDLE_SKELETON_SEMANTICS_H
#define HEDDLE_SKELETON_SEMANTICS_H

#include "engines/skeleton/Skeleton.h"

#include <array>
#include <optional>

namespace heddle::skeleton {

using State = std::string;

/// Values of the symbols for one exploration.
using Symbols = std::array<uint8_t, 8>;

/// Something that ends the process instead of blocking; AddDuringWait may also
/// go unnoticed, and the run goes on after it.
enum class Fault : uint8_t {
  None,
  SendOnClosed,
  CloseOfClosed,
  NegativeCounter,
  UnlockOfUnlocked,
  AddDuringWait, // a new round of a counter while the last one's wait may run
};

/// One step: a strand takes an edge, in a rendezvous together with a partner.
struct Step {
  static constexpr uint8_t kAlone = 0xff;
  uint8_t Mover = 0;
  uint8_t EdgeIndex = 0;
  uint8_t Partner = kAlone;
  uint8_t PartnerEdge = 0;
};

/// Why a state has no successor although a strand could go on.
enum class CutOff : uint8_t { None, Strands, Counter, Remade };

struct Successor {
  State Next;
  Fault Error = Fault::None;
  /// A fault after which the run goes on.
  Fault Noted = Fault::None;
  CutOff Cut = CutOff::None;
  /// The process ended: Next does not exist.
  bool Halts = false;
};

class Semantics {
public:
  static constexpr unsigned kMaxStrands = 14;

  Semantics(const Skeleton &S, const Symbols &Values);

  State initial() const;
  /// All steps that are possible in From; those of one strand if Only is given.
  void steps(const State &From, std::vector<Step> &Out,
             std::optional<unsigned> Only = std::nullopt) const;
  Successor apply(const State &From, const Step &S) const;
  /// As apply, without sorting: record N of the result is record N of From
  /// unless it ended (then it is erased); a new strand comes last.
  Successor applyInPlace(const State &From, const Step &S) const;

  unsigned strandCount(const State &At) const;
  StrandId strandOf(const State &At, unsigned Record) const;
  PlaceId placeOf(const State &At, unsigned Record) const;
  std::string_view recordOf(const State &At, unsigned Record) const;
  bool ended(const State &At, unsigned Record) const;
  bool returned(const State &At) const { return At[0] & 1; }
  /// An Assumed edge lies on the way to this state.
  bool assumed(const State &At) const { return At[0] & 2; }

  /// True if nothing that another live strand can still do has an influence on
  /// the next step of this one, nor the other way round.
  bool independent(const State &At, unsigned Record) const;

  const Skeleton &skeleton() const { return S; }
  const Edge &edge(const State &At, unsigned Record, unsigned Index) const;

private:
  uint64_t reach(const State &At, unsigned Record) const;
  uint64_t offers(StrandId Strand, const Edge &E) const;
  bool choosesFreely(const State &At, unsigned Record, const Edge &E) const;
  void computeReach();
  int value(const Bound &B) const;
  bool guardHolds(const State &At, unsigned Record, const Guard &G) const;
  bool ready(const State &At, unsigned Record, const Edge &E) const;
  bool readyAlone(const State &At, unsigned Record, const Edge &E) const;
  bool siblingReady(const State &At, unsigned Record, const Edge &E) const;
  void partners(const State &At, unsigned Record, unsigned EdgeIndex,
                std::vector<Step> &Out) const;
  bool hasPartner(const State &At, unsigned Record, const Edge &E) const;
  void perform(State &At, unsigned Record, const Edge &E, Successor &R) const;
  void add(State &At, unsigned Record, const Edge &E, Successor &R) const;
  void move(State &At, unsigned Record, const Edge &E) const;
  void spawn(State &At, StrandId Id, Successor &R) const;
  void sortRecords(State &At) const;

  size_t objectAt(ObjectId O) const { return ObjectBase + 2 * size_t(O); }
  size_t recordAt(unsigned R) const { return RecordBase + Stride * size_t(R); }

  const Skeleton &S;
  Symbols Values;
  size_t ObjectBase, RecordBase, Stride;
  size_t LocalGuardBase = 3, CounterBase;
  /// Per strand and place: the objects that it, or what it spawns, may touch
  /// from there on, as a bit set.
  std::vector<std::vector<uint64_t>> Reach;
  /// Objects with an operation beside an Otherwise edge. To arrive where one
  /// offers to meet on such an object may disable that edge.
  uint64_t Polled = 0;
};

} // namespace heddle::skeleton

#endif
