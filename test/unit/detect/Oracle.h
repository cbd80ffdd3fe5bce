// Happens-before and races by definition: every event keeps a whole vector,
// every access is compared with every earlier one.
#ifndef HEDDLE_TEST_DETECT_ORACLE_H
#define HEDDLE_TEST_DETECT_ORACLE_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace heddle::test {

struct OracleAccess {
  unsigned Strand;
  unsigned Index; // among the strand's events
  std::vector<unsigned> Clock;
  uintptr_t Addr;
  size_t Size;
  bool IsWrite, IsAtomic;
  uint32_t Place;
};

// Who an earlier access is, as far as a report tells it.
struct Past {
  unsigned Strand;
  uint32_t Place;
  bool operator<(const Past &P) const {
    return Strand != P.Strand ? Strand < P.Strand : Place < P.Place;
  }
};

class Oracle {
public:
  using Vector = std::vector<unsigned>;

  explicit Oracle(unsigned MaxStrands) : Strands(MaxStrands) {
    for (State &S : Strands)
      S.Clock.assign(MaxStrands, 0), S.Fence = S.Pending = S.Clock;
    for (unsigned I = 0; I < MaxStrands; ++I)
      Strands[I].Clock[I] = 1;
  }

  void fork(unsigned Parent, unsigned Child) {
    join(Strands[Child].Clock, Strands[Parent].Clock);
    ++Strands[Parent].Clock[Parent];
  }
  void joinStrand(unsigned By, unsigned S) {
    join(Strands[By].Clock, Strands[S].Clock);
  }
  void acquire(unsigned S, int Object) {
    join(Strands[S].Clock, object(Object));
  }
  void release(unsigned S, int Object) {
    join(object(Object), Strands[S].Clock);
    ++Strands[S].Clock[S];
  }
  void releaseStore(unsigned S, int Object) {
    object(Object) = Strands[S].Clock;
    ++Strands[S].Clock[S];
  }

  // Atomics: the object is what the last write of the location carries.
  void atomicLoad(unsigned S, int Object, bool Acquire) {
    join(Acquire ? Strands[S].Clock : Strands[S].Pending, object(Object));
  }
  void atomicStore(unsigned S, int Object, bool Release) {
    object(Object) = Release ? Strands[S].Clock : Strands[S].Fence;
    if (Release)
      ++Strands[S].Clock[S];
  }
  void atomicUpdate(unsigned S, int Object, bool Acquire, bool Release) {
    atomicLoad(S, Object, Acquire);
    publishUpdate(S, Object, Release);
  }
  void publishUpdate(unsigned S, int Object, bool Release) {
    join(object(Object), Release ? Strands[S].Clock : Strands[S].Fence);
    if (Release)
      ++Strands[S].Clock[S];
  }
  void fence(unsigned S, bool Acquire, bool Release) {
    if (Acquire)
      join(Strands[S].Clock, Strands[S].Pending);
    if (!Release)
      return;
    Strands[S].Fence = Strands[S].Clock;
    ++Strands[S].Clock[S];
  }

  // Must: the accesses that this one races with and that are the last
  // conflicting ones of some byte. May: all it races with.
  void access(unsigned S, uintptr_t Addr, size_t Size, bool IsWrite,
              bool IsAtomic, uint32_t Place, std::set<Past> &Must,
              std::set<Past> &May);

private:
  struct State {
    Vector Clock, Fence, Pending;
  };

  static void join(Vector &A, const Vector &B) {
    for (size_t I = 0; I < A.size(); ++I)
      A[I] = A[I] < B[I] ? B[I] : A[I];
  }
  Vector &object(int Id) {
    Vector &V = Objects[Id];
    V.resize(Strands.size());
    return V;
  }

  std::vector<State> Strands;
  std::map<int, Vector> Objects;
  std::vector<OracleAccess> Accesses;
};

} // namespace heddle::test
#endif
