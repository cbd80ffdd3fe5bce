// States of a skeleton, and which steps lead out of them.
#include "engines/skeleton/Semantics.h"

#include <algorithm>

namespace heddle::skeleton {

namespace {

// The second byte of an object.
constexpr uint8_t kClosed = 1, kMade = 2, kEscaped = 4;
// Of a wait group: it has come back to zero.
constexpr uint8_t kUsed = 8;
// The first byte of a lock that is held exclusively; else the readers' number.
constexpr uint8_t kExclusive = 0xff;
// The first byte of a once.
enum : uint8_t { kNotRun, kRunning, kHasRun };
// Counters of wait groups and loops beyond this are cut off.
constexpr int kMaxCount = 64;
// A guard in a state.
enum : uint8_t { kUnset, kFalse, kTrue };

uint64_t bit(ObjectId O) { return uint64_t(1) << O; }

uint64_t touched(const Edge &E) {
  uint64_t Mask = E.On == kNoObject ? 0 : bit(E.On);
  if (E.What == Op::CondWait)
    Mask |= bit(ObjectId(E.Arg));
  return Mask;
}

} // namespace

Semantics::Semantics(const Skeleton &S, const Symbols &Values)
    : S(S), Values(Values) {
  size_t Locals = 0, Counters = 0;
  for (const Strand &T : S.Strands) {
    Locals = std::max<size_t>(Locals, T.LocalGuards);
    Counters = std::max<size_t>(Counters, T.Counters);
  }
  ObjectBase = 1 + S.Guards;
  RecordBase = ObjectBase + 2 * S.Objects.size();
  CounterBase = LocalGuardBase + Locals;
  Stride = CounterBase + Counters;
  computeReach();
}

void Semantics::computeReach() {
  for (const Strand &T : S.Strands) {
    Reach.emplace_back(T.Places.size(), 0);
    for (const Place &P : T.Places)
      if (std::any_of(P.Edges.begin(), P.Edges.end(),
                      [](const Edge &E) { return E.What == Op::Otherwise; }))
        for (const Edge &E : P.Edges)
          Polled |= touched(E);
  }
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (size_t T = 0; T < S.Strands.size(); ++T)
      for (size_t P = S.Strands[T].Places.size(); P-- > 0;) {
        uint64_t Mask = Reach[T][P];
        for (const Edge &E : S.Strands[T].Places[P].Edges)
          Mask |= touched(E) | Reach[T][E.To] |
                  (E.What == Op::Spawn ? Reach[E.Arg][0] : 0);
        Changed |= Mask != Reach[T][P];
        Reach[T][P] = Mask;
      }
  }
}

int Semantics::value(const Bound &B) const {
  switch (B.Kind) {
  case Bound::Constant:
    return B.Value;
  case Bound::Symbol:
    return std::max(0, Values[B.Index] + B.Value);
  case Bound::Unknown:
    break;
  }
  return -1;
}

State Semantics::initial() const {
  State At(RecordBase + Stride, '\0');
  for (size_t O = 0; O < S.Objects.size(); ++O)
    if (S.Objects[O].Escaped || (S.Objects[O].Kind == ObjectKind::Channel &&
                                 value(S.Objects[O].Capacity) < 0))
      At[objectAt(O) + 1] = kEscaped;
  return At;
}

unsigned Semantics::strandCount(const State &At) const {
  return unsigned((At.size() - RecordBase) / Stride);
}

StrandId Semantics::strandOf(const State &At, unsigned R) const {
  return uint8_t(At[recordAt(R)]);
}

PlaceId Semantics::placeOf(const State &At, unsigned R) const {
  size_t I = recordAt(R);
  return PlaceId(uint8_t(At[I + 1]) << 8 | uint8_t(At[I + 2]));
}

std::string_view Semantics::recordOf(const State &At, unsigned R) const {
  return std::string_view(At).substr(recordAt(R), Stride);
}

const Edge &Semantics::edge(const State &At, unsigned R, unsigned I) const {
  return S.Strands[strandOf(At, R)].Places[placeOf(At, R)].Edges[I];
}

bool Semantics::ended(const State &At, unsigned R) const {
  return S.Strands[strandOf(At, R)].Places[placeOf(At, R)].Edges.empty();
}

uint64_t Semantics::reach(const State &At, unsigned R) const {
  return Reach[strandOf(At, R)][placeOf(At, R)];
}

bool Semantics::guardHolds(const State &At, unsigned R, const Guard &G) const {
  if (!G)
    return true;
  uint8_t Value =
      At[G.PerStrand ? recordAt(R) + LocalGuardBase + G.Index : 1 + G.Index];
  return Value == kUnset || (Value == kTrue) == G.Positive;
}

// Whether E can be taken without another strand.
bool Semantics::readyAlone(const State &At, unsigned R, const Edge &E) const {
  if (E.What == Op::Otherwise)
    return !siblingReady(At, R, E);
  if (E.What == Op::LoopNext || E.What == Op::LoopExit) {
    int Limit = value(E.Count);
    int Now = uint8_t(At[recordAt(R) + CounterBase + E.Arg]);
    return Limit < 0 || (E.What == Op::LoopNext) == (Now < Limit);
  }
  if (E.On == kNoObject)
    return true;
  uint8_t Count = At[objectAt(E.On)], Flags = At[objectAt(E.On) + 1];
  if (Flags & kEscaped)
    return true;
  switch (E.What) {
  case Op::Send:
    return (Flags & kClosed) || Count < value(S.Objects[E.On].Capacity);
  case Op::Recv:
    return Count > 0 || (Flags & kClosed);
  case Op::RecvValue:
    return Count > 0;
  case Op::RecvClosed:
    return Count == 0 && (Flags & kClosed);
  case Op::Wait:
  case Op::Lock:
    return Count == 0;
  case Op::RLock:
    return Count != kExclusive;
  case Op::CondWake:
    return (Count >> 4) > 0;
  case Op::OnceRun:
    return Count == kNotRun;
  case Op::OncePass:
    return Count == kHasRun;
  default:
    return true;
  }
}

bool Semantics::hasPartner(const State &At, unsigned R, const Edge &E) const {
  for (unsigned Q = 0; Q < strandCount(At); ++Q)
    if (Q != R)
      for (const Edge &F :
           S.Strands[strandOf(At, Q)].Places[placeOf(At, Q)].Edges)
        if (F.On == E.On && guardHolds(At, Q, F.If) &&
            (E.What == Op::Send ? F.What == Op::Recv || F.What == Op::RecvValue
                                : F.What == Op::Send))
          return true;
  return false;
}

bool Semantics::ready(const State &At, unsigned R, const Edge &E) const {
  if (!guardHolds(At, R, E.If))
    return false;
  if (readyAlone(At, R, E))
    return true;
  bool Meets =
      E.What == Op::Send || E.What == Op::Recv || E.What == Op::RecvValue;
  return Meets && value(S.Objects[E.On].Capacity) == 0 && hasPartner(At, R, E);
}

// A default may run beside an escaped operation, which may or may not be ready.
bool Semantics::siblingReady(const State &At, unsigned R,
                             const Edge &Default) const {
  for (const Edge &E : S.Strands[strandOf(At, R)].Places[placeOf(At, R)].Edges)
    if (&E != &Default && E.On != kNoObject &&
        !(At[objectAt(E.On) + 1] & kEscaped) && ready(At, R, E))
      return true;
  return false;
}

void Semantics::partners(const State &At, unsigned R, unsigned EdgeIndex,
                         std::vector<Step> &Out) const {
  const Edge &E = edge(At, R, EdgeIndex);
  for (unsigned Q = 0; Q < strandCount(At); ++Q) {
    if (Q == R)
      continue;
    const auto &Edges = S.Strands[strandOf(At, Q)].Places[placeOf(At, Q)].Edges;
    for (unsigned F = 0; F < Edges.size(); ++F)
      if (Edges[F].On == E.On && guardHolds(At, Q, Edges[F].If) &&
          (Edges[F].What == Op::Recv || Edges[F].What == Op::RecvValue))
        Out.push_back({uint8_t(R), uint8_t(EdgeIndex), uint8_t(Q), uint8_t(F)});
  }
}

// A rendezvous is listed once, on the sender's side.
void Semantics::steps(const State &At, std::vector<Step> &Out,
                      std::optional<unsigned> Only) const {
  unsigned First = Only.value_or(0);
  unsigned Last = Only ? First + 1 : strandCount(At);
  for (unsigned R = First; R < Last; ++R) {
    const auto &Edges = S.Strands[strandOf(At, R)].Places[placeOf(At, R)].Edges;
    for (unsigned I = 0; I < Edges.size(); ++I) {
      const Edge &E = Edges[I];
      if (!guardHolds(At, R, E.If))
        continue;
      if (readyAlone(At, R, E))
        Out.push_back({uint8_t(R), uint8_t(I)});
      else if (E.What == Op::Send && value(S.Objects[E.On].Capacity) == 0)
        partners(At, R, I, Out);
    }
  }
}

void Semantics::move(State &At, unsigned R, const Edge &E) const {
  size_t I = recordAt(R);
  At[I + 1] = char(E.To >> 8);
  At[I + 2] = char(E.To & 0xff);
  if (E.If)
    At[E.If.PerStrand ? I + LocalGuardBase + E.If.Index : 1 + E.If.Index] =
        E.If.Positive ? kTrue : kFalse;
  if (E.Sets)
    At[I + LocalGuardBase + E.Sets.Index] = E.Sets.Positive ? kTrue : kFalse;
  if (E.Assumed)
    At[0] |= 2;
}

void Semantics::spawn(State &At, StrandId Id, Successor &R) const {
  if (strandCount(At) >= kMaxStrands) {
    R.Cut = CutOff::Strands;
    return;
  }
  if (S.Strands[Id].Places[0].Edges.empty())
    return;
  At.append(Stride, '\0');
  At[At.size() - Stride] = char(Id);
}

void Semantics::add(State &At, unsigned R, const Edge &E,
                    Successor &Result) const {
  char &Count = At[objectAt(E.On)], &Flags = At[objectAt(E.On) + 1];
  int Sum = Count + E.Arg * value(E.Count);
  if (Sum < 0) {
    Result.Error = Fault::NegativeCounter;
    return;
  }
  if (Sum > kMaxCount) {
    Result.Cut = CutOff::Counter;
    return;
  }
  auto MayWait = [&](unsigned Q) {
    const auto &Edges = S.Strands[strandOf(At, Q)].Places[placeOf(At, Q)].Edges;
    return std::any_of(Edges.begin(), Edges.end(), [&](const Edge &F) {
      return F.What == Op::Wait && F.On == E.On && guardHolds(At, Q, F.If);
    });
  };
  if (Count == 0 && Sum > 0 && (Flags & kUsed))
    for (unsigned Q = 0; Q < strandCount(At); ++Q)
      if (Q != R && MayWait(Q))
        Result.Noted = Fault::AddDuringWait;
  if (Count > 0 && Sum == 0 && !S.Objects[E.On].Fresh)
    Flags |= kUsed;
  Count = char(Sum);
}

// The effect of an edge that is ready, on objects and counters.
void Semantics::perform(State &At, unsigned R, const Edge &E,
                        Successor &Result) const {
  char *Counter = nullptr;
  if (E.What >= Op::LoopInit && E.What <= Op::LoopExit)
    Counter = &At[recordAt(R) + CounterBase + E.Arg];
  switch (E.What) {
  case Op::Spawn:
    return spawn(At, StrandId(E.Arg), Result);
  case Op::Return:
    At[0] |= 1;
    return;
  case Op::Halt:
    Result.Halts = true;
    return;
  case Op::LoopInit:
    *Counter = 0;
    return;
  case Op::LoopNext:
    if (value(E.Count) < 0)
      return;
    if (++*Counter > kMaxCount)
      Result.Cut = CutOff::Counter;
    return;
  default:
    break;
  }
  if (E.On == kNoObject)
    return;
  char &Count = At[objectAt(E.On)], &Flags = At[objectAt(E.On) + 1];
  if (E.What == Op::Make) {
    uint64_t Others = 0;
    for (unsigned Q = 0; Q < strandCount(At); ++Q)
      if (Q != R)
        Others |= reach(At, Q);
    if ((Flags & kMade) && (Others & bit(E.On)))
      Result.Cut = CutOff::Remade;
    Count = 0;
    Flags = char(kMade | (value(S.Objects[E.On].Capacity) < 0 &&
                                  S.Objects[E.On].Kind == ObjectKind::Channel
                              ? kEscaped
                              : 0));
    return;
  }
  if (E.What == Op::Escape)
    Flags |= kEscaped;
  if (Flags & kEscaped)
    return;
  switch (E.What) {
  case Op::Send:
    if (Flags & kClosed)
      Result.Error = Fault::SendOnClosed;
    else
      ++Count;
    break;
  case Op::Recv:
  case Op::RecvValue:
    if (Count > 0)
      --Count;
    break;
  case Op::Close:
    if (Flags & kClosed)
      Result.Error = Fault::CloseOfClosed;
    Flags |= kClosed;
    break;
  case Op::Cancel:
    Flags |= kClosed;
    break;
  case Op::Add:
    add(At, R, E, Result);
    break;
  case Op::Lock:
    Count = char(kExclusive);
    break;
  case Op::Unlock:
    if (uint8_t(Count) != kExclusive)
      Result.Error = Fault::UnlockOfUnlocked;
    Count = 0;
    break;
  case Op::RLock:
    ++Count;
    break;
  case Op::RUnlock:
    if (Count == 0 || uint8_t(Count) == kExclusive)
      Result.Error = Fault::UnlockOfUnlocked;
    else
      --Count;
    break;
  case Op::CondWait:
    At[objectAt(ObjectId(E.Arg))] = 0;
    Count = char((Count & 0xf0) | ((Count + 1) & 0xf));
    break;
  case Op::CondWake:
    Count = char(Count - 0x11);
    break;
  case Op::Signal:
    if ((uint8_t(Count) >> 4) < (Count & 0xf))
      Count = char(Count + 0x10);
    break;
  case Op::Broadcast:
    Count = char((Count & 0xf) | (Count & 0xf) << 4);
    break;
  case Op::OnceRun:
    Count = kRunning;
    break;
  case Op::OnceEnd:
    Count = kHasRun;
    break;
  default:
    break;
  }
}

void Semantics::sortRecords(State &At) const {
  unsigned N = strandCount(At);
  for (unsigned I = 2; I < N; ++I)
    for (unsigned J = I; J > 1 && recordOf(At, J) < recordOf(At, J - 1); --J)
      std::swap_ranges(At.begin() + long(recordAt(J)),
                       At.begin() + long(recordAt(J) + Stride),
                       At.begin() + long(recordAt(J - 1)));
}

Successor Semantics::applyInPlace(const State &From, const Step &T) const {
  Successor R;
  R.Next = From;
  const Edge &E = edge(From, T.Mover, T.EdgeIndex);
  if (T.Partner == Step::kAlone) {
    perform(R.Next, T.Mover, E, R);
  } else {
    move(R.Next, T.Partner, edge(From, T.Partner, T.PartnerEdge));
  }
  move(R.Next, T.Mover, E);
  // The higher record first, so that the lower index stays valid.
  unsigned A = T.Mover, B = T.Partner == Step::kAlone ? T.Mover : T.Partner;
  for (unsigned Rec : {std::max(A, B), std::min(A, B)}) {
    if (Rec != 0 && Rec < strandCount(R.Next) && ended(R.Next, Rec))
      R.Next.erase(recordAt(Rec), Stride);
    if (A == B)
      break;
  }
  return R;
}

Successor Semantics::apply(const State &From, const Step &T) const {
  Successor R = applyInPlace(From, T);
  sortRecords(R.Next);
  return R;
}

// The objects that a strand offers to meet on where E leads.
uint64_t Semantics::offers(StrandId Strand, const Edge &E) const {
  uint64_t Mask = 0;
  for (const Edge &F : S.Strands[Strand].Places[E.To].Edges)
    Mask |= touched(F);
  if (E.What == Op::Spawn)
    for (const Edge &F : S.Strands[E.Arg].Places[0].Edges)
      Mask |= touched(F);
  return Mask;
}

// Whether the strand may choose the guard of E now without keeping another from
// choosing otherwise: both values must be possible here, or it is chosen.
bool Semantics::choosesFreely(const State &At, unsigned R,
                              const Edge &E) const {
  Guard Other = E.If;
  Other.Positive = !Other.Positive;
  if (!E.If || E.If.PerStrand || !guardHolds(At, R, Other))
    return true;
  bool Both = false;
  for (const Edge &F : S.Strands[strandOf(At, R)].Places[placeOf(At, R)].Edges)
    if (F.If && !F.If.PerStrand && F.If.Index == E.If.Index &&
        F.If.Positive != E.If.Positive)
      Both |= ready(At, R, F);
  return Both && ready(At, R, E);
}

bool Semantics::independent(const State &At, unsigned R) const {
  uint64_t Others = 0;
  for (unsigned Q = 0; Q < strandCount(At); ++Q)
    if (Q != R)
      Others |= reach(At, Q);
  StrandId Strand = strandOf(At, R);
  for (const Edge &E : S.Strands[Strand].Places[placeOf(At, R)].Edges) {
    if (E.What == Op::Halt || E.Assumed || !choosesFreely(At, R, E))
      return false;
    uint64_t Mask = touched(E);
    if (E.On != kNoObject && E.What != Op::CondWait && E.What != Op::Make &&
        (At[objectAt(E.On) + 1] & kEscaped))
      Mask = 0;
    Mask |= offers(Strand, E) & Polled;
    if (Mask & Others)
      return false;
  }
  return true;
}

} // namespace heddle::skeleton
