// What the hooks for atomic operations do, whatever their names: the operation
// together with its synchronisation and the record of the access.
#ifndef HEDDLE_ABI_ATOMICHOOK_H
#define HEDDLE_ABI_ATOMICHOOK_H

#include "abi/Access.h"
#include "sync/Atomic.h"

namespace heddle {

using uint128_t = unsigned __int128;

// What an operation needs to know of its caller.
struct Caller {
  uint64_t V;
  uintptr_t Pc;
  const void *Frame;
};

inline Strand *synchronisingStrand() {
  Strand *S = threadState().Current;
  if (__builtin_expect(!S, false)) {
    ensureInitialised();
    S = &currentStrand();
  }
  return synchronises(*S) ? S : nullptr;
}

template <class T>
void recordAtomic(Strand &S, const T *A, EpochWord Kind, const Caller &C) {
  auto Addr = reinterpret_cast<uintptr_t>(A);
  if (isDropped(S, Addr, sizeof(T)))
    return;
  Kind |= kAtomicBit;
  bool OneCell = (Addr & 7) + sizeof(T) <= 8;
  auto Bytes = uint8_t(((1u << (sizeof(T) & 15)) - 1) << (Addr & 7));
  if (OneCell && isRedundantAtomic(Addr, withMask(S.epoch(), Bytes) | Kind))
    return;
  uint32_t Place = placeOfAccess(S, C.V, C.Pc, PlaceKind::Atomic, C.Frame);
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
  Strand *S = synchronisingStrand();
  if (!S)
    return loadNow(A);
  return syncLoad(
      *S, A, Order(O), [A] { return loadNow(A); },
      [&] { recordAtomic(*S, A, 0, C); });
}

template <class T> void atomicStore(T *A, T X, int O, const Caller &C) {
  Strand *S = synchronisingStrand();
  if (!S)
    return storeNow(A, X, Order(O));
  syncStore(
      *S, A, Order(O), [=] { storeNow(A, X, Order(O)); },
      [&] { recordAtomic(*S, A, kWriteBit, C); });
}

// Operate(): does the operation, returns the old value.
template <class T, class F>
T atomicUpdate(T *A, int O, const Caller &C, F Operate) {
  Strand *S = synchronisingStrand();
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
  Strand *S = synchronisingStrand();
  if (!S)
    return casNow(A, Expected, Desired);
  T Old;
  syncUpdate(
      *S, A, Order(Success), Order(Failure),
      [&] { return (Old = casNow(A, Expected, Desired)) == Expected; },
      [&](bool Wrote) { recordAtomic(*S, A, Wrote ? kWriteBit : 0, C); });
  return Old;
}

inline void atomicFence(int O) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  if (Strand *S = synchronisingStrand())
    syncFence(*S, Order(O));
}

} // namespace heddle
#endif
