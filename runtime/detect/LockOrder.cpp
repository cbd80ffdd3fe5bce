// The graph of acquisitions and the search for cycles through a new one.
#include "detect/LockOrder.h"

#include "base/Arena.h"
#include "base/SpinLock.h"
#include "detect/Describe.h"
#include "detect/Findings.h"
#include "event/Place.h"
#include "platform/Mmap.h"
#include "sync/SyncVar.h"

namespace heddle {

LockOrders gLockOrders = LockOrders::Off;

namespace {

constexpr size_t kRegionBytes = size_t(1) << 34;
constexpr size_t kBuckets = 1 << 16;
constexpr size_t kLongestCycle = 1 << 10;
constexpr size_t kMostCycles = 16;     // told for one acquisition
constexpr size_t kMostSteps = 1 << 14; // of one search

struct Holding {
  uint32_t Node;
  uint32_t Place;
  bool Shared;
};

// One acquisition under other locks.
struct Nesting {
  Nesting *NextAlike; // in its bucket
  const StrandRecord *Who;
  EpochWord At;
  VectorClock Before; // see Strand::SpawnOrder
  uint32_t SpawnSteps;
  uint32_t Wants; // a node
  uint32_t Place;
  bool Shared;
  uint32_t HeldCount;
  Holding Held[];
};

struct Edge {
  Edge *Next;
  Nesting *By;
  uint32_t Index; // of the lock that it leaves, in By->Held
};

struct Node {
  const void *Address;
  uint32_t Made; // place
  uint32_t SeenAt;
  bool OnPath;
  Edge *Out;
};

struct Step {
  Nesting *By;
  uint32_t Index; // of the lock that the step before wants
};

struct Cycle {
  size_t Count;
  Step *Steps;
};

// All guarded by Lock, which nobody holds across a fork (see isAbandoned).
SpinLock Lock;
Node *Nodes = nullptr; // from 1
uint32_t NodeCount = 0;
Nesting *Buckets[kBuckets];
uint64_t *Told = nullptr; // hashes of the cycles that were told
size_t ToldCount = 0, ToldRoom = 0;
uint32_t Search = 0;
size_t GivenUp = 0;
Step Path[kLongestCycle];

struct Turn {
  Turn() HEDDLE_NO_THREAD_SAFETY {
    for (unsigned Round = 0; !Lock.tryLock() && !isAbandoned(Round); ++Round)
      spinPause(Round);
  }
  ~Turn() HEDDLE_NO_THREAD_SAFETY { Lock.unlock(); }
};

uint64_t mix(uint64_t Hash, uint64_t Value) {
  return (Hash ^ Value) * 0x9e3779b97f4a7c15ull ^ Hash >> 29;
}

// 0 when memory is out. A lock's node is forgotten with its clock.
uint32_t nodeOf(const void *Address) {
  LockedSyncVar V(Address, true);
  if (!V)
    return 0;
  bool IsNew = !V->OrderNode;
  if (IsNew && NodeCount + 1 < kRegionBytes / sizeof(Node)) {
    V->OrderNode = ++NodeCount;
    Nodes[NodeCount].Address = Address;
    Nodes[NodeCount].Made = V->MadePlace;
  }
  return V->OrderNode;
}

bool sameStrand(const Nesting &A, const Nesting &B) {
  return A.Who->Id == B.Who->Id && A.Who->IsGoroutine == B.Who->IsGoroutine;
}

bool sameLocks(const Nesting &A, const Nesting &B) {
  if (A.Wants != B.Wants || A.Shared != B.Shared || A.HeldCount != B.HeldCount)
    return false;
  for (uint32_t I = 0; I < A.HeldCount; ++I)
    if (A.Held[I].Node != B.Held[I].Node ||
        A.Held[I].Shared != B.Held[I].Shared)
      return false;
  return true;
}

uint64_t hashOf(const Nesting &N) {
  uint64_t Hash = mix(N.Who->Id * 2 + N.Who->IsGoroutine, N.SpawnSteps);
  Hash = mix(Hash, N.Wants * 2 + N.Shared);
  for (uint32_t I = 0; I < N.HeldCount; ++I)
    Hash = mix(Hash, N.Held[I].Node * 2 + N.Held[I].Shared);
  return Hash;
}

bool isOrderedBefore(const Nesting &A, const Nesting &B) {
  return B.Before.get(slotOf(A.At)) >= clockOf(A.At);
}

// Both hold it, and not both shared.
bool haveGate(const Nesting &A, const Nesting &B) {
  for (uint32_t I = 0; I < A.HeldCount; ++I)
    for (uint32_t J = 0; J < B.HeldCount; ++J)
      if (A.Held[I].Node == B.Held[J].Node &&
          !(A.Held[I].Shared && B.Held[J].Shared))
        return true;
  return false;
}

bool mayMeet(const Nesting &A, const Nesting &B) {
  return !sameStrand(A, B) && !haveGate(A, B) && !isOrderedBefore(A, B) &&
         !isOrderedBefore(B, A);
}

bool blocks(const Nesting &Holder, uint32_t Index, const Nesting &Wanting) {
  return !(Holder.Held[Index].Shared && Wanting.Shared);
}

bool mayFollow(const Edge &E, size_t Length) {
  if (!blocks(*E.By, E.Index, *Path[Length - 1].By))
    return false;
  for (size_t I = 0; gLockOrders == LockOrders::Possible && I < Length; ++I)
    if (!mayMeet(*Path[I].By, *E.By))
      return false;
  return true;
}

// The same code with other locks makes no other cycle.
bool isToldFirst(size_t Length) {
  uint64_t Sum = Length;
  for (size_t I = 0; I < Length; ++I) {
    const Nesting &N = *Path[I].By;
    Sum += mix(mix(0x51ed27, N.Place), N.Held[Path[I].Index].Place);
  }
  for (size_t I = 0; I < ToldCount; ++I)
    if (Told[I] == Sum)
      return false;
  if (ToldCount == ToldRoom) {
    size_t Room = ToldRoom ? 2 * ToldRoom : 64;
    auto *More = static_cast<uint64_t *>(arenaAllocate(Room * sizeof(*Told)));
    if (!More)
      return false;
    for (size_t I = 0; I < ToldCount; ++I)
      More[I] = Told[I];
    arenaFree(Told, ToldRoom * sizeof(*Told));
    Told = More;
    ToldRoom = Room;
  }
  Told[ToldCount++] = Sum;
  return true;
}

// Path[0] is the new acquisition; the cycle begins with the one after it.
void keepCycle(size_t Length, Cycle *Found, size_t &Count) {
  if (Count == kMostCycles || !isToldFirst(Length))
    return;
  auto *Steps = static_cast<Step *>(arenaAllocate(Length * sizeof(Step)));
  if (!Steps)
    return;
  for (size_t I = 0; I < Length; ++I)
    Steps[I] = Path[(I + 1) % Length];
  Found[Count++] = {Length, Steps};
}

struct Walk {
  Cycle Found[kMostCycles];
  size_t Count = 0;
  size_t StepsLeft = kMostSteps;
  size_t Longest = kLongestCycle;
};

// The index of the lock that New holds and By wants, if By closes a cycle.
bool closes(const Nesting &New, const Nesting &By, uint32_t &Index) {
  for (Index = 0; Index < New.HeldCount; ++Index)
    if (New.Held[Index].Node == By.Wants)
      return blocks(New, Index, By);
  return false;
}

// Path has Length acquisitions; the last one wants At.
void extend(uint32_t At, size_t Length, Walk &W) {
  Nodes[At].OnPath = true;
  for (Edge *E = Nodes[At].Out; E && W.StepsLeft; E = E->Next) {
    --W.StepsLeft;
    Node &Next = Nodes[E->By->Wants];
    if (Next.OnPath || Next.SeenAt != Search || !mayFollow(*E, Length))
      continue;
    Path[Length] = {E->By, E->Index};
    if (closes(*Path[0].By, *E->By, Path[0].Index))
      keepCycle(Length + 1, W.Found, W.Count);
    else if (Length + 1 < W.Longest)
      extend(E->By->Wants, Length + 1, W);
  }
  Nodes[At].OnPath = false;
}

// The shortest cycles first: those of two locks, the usual mistake, are all
// found, whatever the graph is like.
void search(Nesting &New, Walk &W) {
  for (size_t Longest : {size_t(2), size_t(3), kLongestCycle}) {
    W.Longest = Longest;
    W.StepsLeft = Longest == 2 ? SIZE_MAX : kMostSteps;
    Path[0] = {&New, 0};
    extend(New.Wants, 1, W);
  }
  GivenUp += !W.StepsLeft;
}

// Marks all nodes from which a lock that New holds can be reached, on the way
// from the lock that it wants; false if there is none. An upper bound: whatever
// is reached is marked.
bool markReached(const Nesting &New) {
  ++Search;
  struct Queue {
    Queue *Next;
    uint32_t Node;
  };
  bool Reached = false;
  auto *Head = arenaNew<Queue>(Queue{nullptr, New.Wants}), *Tail = Head;
  Nodes[New.Wants].SeenAt = Search;
  while (Head) {
    for (Edge *E = Nodes[Head->Node].Out; E; E = E->Next) {
      Node &Next = Nodes[E->By->Wants];
      if (Next.SeenAt == Search)
        continue;
      Next.SeenAt = Search;
      Tail->Next = arenaNew<Queue>(Queue{nullptr, E->By->Wants});
      Tail = Tail->Next ? Tail->Next : Tail;
    }
    Queue *Done = Head;
    Head = Head->Next;
    arenaDelete(Done);
  }
  for (uint32_t I = 0; I < New.HeldCount; ++I)
    Reached |= Nodes[New.Held[I].Node].SeenAt == Search;
  return Reached;
}

// What S holds, as an acquisition of its last lock; null if one like it is
// there already.
Nesting *keepNesting(Strand &S) {
  uint32_t Count = S.LockCount - 1;
  size_t Bytes = sizeof(Nesting) + Count * sizeof(Holding);
  auto *N = static_cast<Nesting *>(arenaAllocate(Bytes));
  if (!N)
    return nullptr;
  new (N) Nesting{nullptr,
                  S.Record,
                  S.epoch(),
                  S.SpawnOrder,
                  S.SpawnSteps,
                  nodeOf(S.Locks[Count].Address),
                  S.Locks[Count].Taken,
                  !S.Locks[Count].Exclusive,
                  Count,
                  {}};
  bool Complete = N->Wants;
  for (uint32_t I = 0; I < Count; ++I) {
    const heddle::Lock &L = S.Locks[I];
    N->Held[I] = {nodeOf(L.Address), L.Taken, !L.Exclusive};
    Complete &= N->Held[I].Node && N->Held[I].Node != N->Wants;
  }
  Nesting *&Bucket = Buckets[hashOf(*N) % kBuckets];
  for (Nesting *Old = Bucket; Old && Complete; Old = Old->NextAlike)
    Complete = !(sameStrand(*Old, *N) && Old->SpawnSteps == N->SpawnSteps &&
                 sameLocks(*Old, *N));
  if (!Complete) {
    N->~Nesting();
    arenaFree(N, Bytes);
    return nullptr;
  }
  N->NextAlike = Bucket;
  Bucket = N;
  return N;
}

void addEdges(Nesting &N) {
  for (uint32_t I = 0; I < N.HeldCount; ++I) {
    Node &From = Nodes[N.Held[I].Node];
    if (auto *E = arenaNew<Edge>(Edge{From.Out, &N, I}))
      From.Out = E;
  }
}

void tell(const Cycle &C) {
  size_t Bytes = C.Count * sizeof(LockOrderStep);
  auto *Steps = static_cast<LockOrderStep *>(arenaAllocate(Bytes));
  if (!Steps || !gFindingSink.lockOrder)
    return;
  for (size_t I = 0; I < C.Count; ++I) {
    const Nesting &N = *C.Steps[I].By;
    const Holding &Held = N.Held[C.Steps[I].Index];
    Steps[I] = {describeRecord(*N.Who),
                Nodes[Held.Node].Address,
                stackOfPlace(Nodes[Held.Node].Made),
                stackOfPlace(Held.Place),
                Held.Shared,
                Nodes[N.Wants].Address,
                stackOfPlace(N.Place),
                N.Shared};
  }
  gFindingSink.lockOrder({Steps, C.Count});
  arenaFree(Steps, Bytes);
}

} // namespace

void watchLockOrders(LockOrders Which) {
  if (Which == LockOrders::Off)
    return;
  Nodes = static_cast<Node *>(mapSparse(0, kRegionBytes));
  if (!Nodes)
    return;
  gKeepsSpawnOrder = true;
  gLockOrders = Which;
}

void keepLockOrder(Strand &S, const void *Address) {
  if (!isWatched(S) || S.LockCount < 2)
    return;
  const heddle::Lock &Last = S.Locks[S.LockCount - 1];
  if (Last.Address != Address || Last.Count != 1)
    return;
  InRuntime Inside;
  Walk W;
  {
    Turn Hold;
    Nesting *New = keepNesting(S);
    if (!New)
      return;
    if (markReached(*New))
      search(*New, W);
    addEdges(*New);
  }
  for (size_t I = 0; I < W.Count; ++I) {
    tell(W.Found[I]);
    arenaFree(W.Found[I].Steps, W.Found[I].Count * sizeof(Step));
  }
}

size_t lockOrdersGivenUp() { return GivenUp; }

} // namespace heddle
