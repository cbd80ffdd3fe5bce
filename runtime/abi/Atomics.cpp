// The hooks for atomic operations of 8 to 128 bits.
#include "abi/Access.h"

#include "sync/Atomic.h"

using namespace heddle;
using uint128_t = unsigned __int128;

namespace {

// What an operation needs to know of its caller.
struct Caller {
  uint64_t V;
  uintptr_t Pc;
  const void *Frame;
};

Strand *watchedStrand() {
  Strand *S = threadState().Current;
  if (__builtin_expect(!S, false)) {
    ensureInitialised();
    S = &currentStrand();
  }
  return isWatched(*S) ? S : nullptr;
}

template <class T>
void recordAtomic(Strand &S, const T *A, EpochWord Kind, const Caller &C) {
  if (S.IgnoreDepth)
    return;
  auto Addr = reinterpret_cast<uintptr_t>(A);
  Kind |= kAtomicBit;
  bool OneCell = (Addr & 7) + sizeof(T) <= 8;
  auto Bytes = uint8_t(((1u << (sizeof(T) & 15)) - 1) << (Addr & 7));
  if (OneCell && isRedundantAtomic(Addr, withMask(S.epoch(), Bytes) | Kind))
    return;
  uint32_t Place = placeFor(C.V, C.Pc, PlaceKind::Atomic, C.Frame);
  if (!OneCell || !recordInCell(S, Addr, sizeof(T), Kind, Place))
    recordRange(S, Addr, sizeof(T), Kind, Place);
}

template <class T> T loadNow(const T *A) {
  if constexpr (sizeof(T) == 16)
    return __sync_val_compare_and_swap(const_cast<T *>(A), T(0), T(0));
  else
    return __atomic_load_n(A, __ATOMIC_SEQ_CST);
}

template <class T> T casNow(T *A, T Expected, T Desired) {
  return __sync_val_compare_and_swap(A, Expected, Desired);
}

template <class T, class F> T updateNow(T *A, F New) {
  T Old = loadNow(A);
  for (T Seen; (Seen = casNow(A, Old, New(Old))) != Old; Old = Seen)
    ;
  return Old;
}

template <class T> void storeNow(T *A, T X, Order O) {
  if constexpr (sizeof(T) == 16)
    updateNow(A, [X](T) { return X; });
  else if (O == Order::SeqCst)
    __atomic_store_n(A, X, __ATOMIC_SEQ_CST);
  else
    __atomic_store_n(A, X, __ATOMIC_RELEASE);
}

template <class T> T atomicLoad(const T *A, int O, const Caller &C) {
  Strand *S = watchedStrand();
  if (!S)
    return loadNow(A);
  return syncLoad(
      *S, A, Order(O), [A] { return loadNow(A); },
      [&] { recordAtomic(*S, A, 0, C); });
}

template <class T> void atomicStore(T *A, T X, int O, const Caller &C) {
  Strand *S = watchedStrand();
  if (!S)
    return storeNow(A, X, Order(O));
  syncStore(
      *S, A, Order(O), [=] { storeNow(A, X, Order(O)); },
      [&] { recordAtomic(*S, A, kWriteBit, C); });
}

// Operate(): does the operation, returns the old value.
template <class T, class F>
T atomicUpdate(T *A, int O, const Caller &C, F Operate) {
  Strand *S = watchedStrand();
  if (!S)
    return Operate();
  T Old;
  syncUpdate(
      *S, A, Order(O), Order(O),
      [&] {
        Old = Operate();
        return true;
      },
      [&](bool) { recordAtomic(*S, A, kWriteBit, C); });
  return Old;
}

template <class T>
T atomicCas(T *A, T Expected, T Desired, int Success, int Failure,
            const Caller &C) {
  Strand *S = watchedStrand();
  if (!S)
    return casNow(A, Expected, Desired);
  T Old;
  syncUpdate(
      *S, A, Order(Success), Order(Failure),
      [&] { return (Old = casNow(A, Expected, Desired)) == Expected; },
      [&](bool Wrote) { recordAtomic(*S, A, Wrote ? kWriteBit : 0, C); });
  return Old;
}

} // namespace

#define HEDDLE_UPDATE(Bits, T, Name, Operation)                                \
  HEDDLE_EXPORT T heddle_atomic##Bits##_##Name(T *A, T X, int Order,           \
                                               uint64_t V) {                   \
    return atomicUpdate(A, Order, Caller{V, HEDDLE_CALLER},                    \
                        [=] { return Operation; });                            \
  }
#define HEDDLE_FETCH(Bits, T, Name)                                            \
  HEDDLE_UPDATE(Bits, T, fetch_##Name,                                         \
                __atomic_fetch_##Name(A, X, __ATOMIC_SEQ_CST))
#define HEDDLE_FETCH_BY_CAS(Bits, T, Name, New)                                \
  HEDDLE_UPDATE(Bits, T, Name, updateNow(A, [=](T Old) { return T(New); }))
#define HEDDLE_PLAIN(Bits, T)                                                  \
  HEDDLE_EXPORT T heddle_atomic##Bits##_load(const T *A, int Order,            \
                                             uint64_t V) {                     \
    return atomicLoad(A, Order, Caller{V, HEDDLE_CALLER});                     \
  }                                                                            \
  HEDDLE_EXPORT void heddle_atomic##Bits##_store(T *A, T X, int Order,         \
                                                 uint64_t V) {                 \
    atomicStore(A, X, Order, Caller{V, HEDDLE_CALLER});                        \
  }                                                                            \
  HEDDLE_EXPORT T heddle_atomic##Bits##_cas(                                   \
      T *A, T Expected, T Desired, int Success, int Failure, uint64_t V) {     \
    return atomicCas(A, Expected, Desired, Success, Failure,                   \
                     Caller{V, HEDDLE_CALLER});                                \
  }
#define HEDDLE_ALL(Bits, T)                                                    \
  HEDDLE_PLAIN(Bits, T)                                                        \
  HEDDLE_UPDATE(Bits, T, exchange,                                             \
                __atomic_exchange_n(A, X, __ATOMIC_SEQ_CST))                   \
  HEDDLE_FETCH(Bits, T, add)                                                   \
  HEDDLE_FETCH(Bits, T, sub)                                                   \
  HEDDLE_FETCH(Bits, T, and)                                                   \
  HEDDLE_FETCH(Bits, T, or)                                                    \
  HEDDLE_FETCH(Bits, T, xor)                                                   \
  HEDDLE_FETCH(Bits, T, nand)
HEDDLE_ALL(8, uint8_t)
HEDDLE_ALL(16, uint16_t)
HEDDLE_ALL(32, uint32_t)
HEDDLE_ALL(64, uint64_t)

HEDDLE_PLAIN(128, uint128_t)
HEDDLE_FETCH_BY_CAS(128, uint128_t, exchange, X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_add, Old + X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_sub, Old - X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_and, Old &X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_or, Old | X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_xor, Old ^ X)
HEDDLE_FETCH_BY_CAS(128, uint128_t, fetch_nand, ~(Old &X))

HEDDLE_EXPORT void heddle_atomic_fence(int O, uint64_t) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  if (Strand *S = watchedStrand())
    syncFence(*S, Order(O));
}
