// Atomic operations of 8 to 128 bits.
#include "abi/AtomicHook.h"
#include "abi/tsan/Hook.h"

using namespace heddle;

#define TSAN_CALLER                                                            \
  Caller { callingContext(), HEDDLE_CALLER }

#define TSAN_UPDATE(Bits, T, Name, Operation)                                  \
  HEDDLE_EXPORT T __tsan_atomic##Bits##_##Name(T *A, T X, int Order) {         \
    return atomicUpdate(A, Order, TSAN_CALLER, [=] { return Operation; });     \
  }
#define TSAN_FETCH(Bits, T, Name)                                              \
  TSAN_UPDATE(Bits, T, fetch_##Name,                                           \
              __atomic_fetch_##Name(A, X, __ATOMIC_SEQ_CST))
#define TSAN_UPDATE_BY_CAS(Bits, T, Name, New)                                 \
  TSAN_UPDATE(Bits, T, Name, updateNow(A, [=](T Old) { return T(New); }))

// Strength: a weak one never fails for nothing here.
#define TSAN_COMPARE_EXCHANGE(Bits, T, Strength)                               \
  HEDDLE_EXPORT int __tsan_atomic##Bits##_compare_exchange_##Strength(         \
      T *A, T *Expected, T Desired, int Success, int Failure) {                \
    T Wanted = *Expected;                                                      \
    T Old = atomicCas(A, Wanted, Desired, Success, Failure, TSAN_CALLER);      \
    if (Old == Wanted)                                                         \
      return 1;                                                                \
    *Expected = Old;                                                           \
    return 0;                                                                  \
  }
#define TSAN_PLAIN(Bits, T)                                                    \
  HEDDLE_EXPORT T __tsan_atomic##Bits##_load(const T *A, int Order) {          \
    return atomicLoad(A, Order, TSAN_CALLER);                                  \
  }                                                                            \
  HEDDLE_EXPORT void __tsan_atomic##Bits##_store(T *A, T X, int Order) {       \
    atomicStore(A, X, Order, TSAN_CALLER);                                     \
  }                                                                            \
  HEDDLE_EXPORT T __tsan_atomic##Bits##_compare_exchange_val(                  \
      T *A, T Expected, T Desired, int Success, int Failure) {                 \
    return atomicCas(A, Expected, Desired, Success, Failure, TSAN_CALLER);     \
  }                                                                            \
  TSAN_COMPARE_EXCHANGE(Bits, T, strong)                                       \
  TSAN_COMPARE_EXCHANGE(Bits, T, weak)
#define TSAN_ALL(Bits, T)                                                      \
  TSAN_PLAIN(Bits, T)                                                          \
  TSAN_UPDATE(Bits, T, exchange, __atomic_exchange_n(A, X, __ATOMIC_SEQ_CST))  \
  TSAN_FETCH(Bits, T, add)                                                     \
  TSAN_FETCH(Bits, T, sub)                                                     \
  TSAN_FETCH(Bits, T, and)                                                     \
  TSAN_FETCH(Bits, T, or)                                                      \
  TSAN_FETCH(Bits, T, xor)                                                     \
  TSAN_FETCH(Bits, T, nand)
TSAN_ALL(8, uint8_t)
TSAN_ALL(16, uint16_t)
TSAN_ALL(32, uint32_t)
TSAN_ALL(64, uint64_t)

TSAN_PLAIN(128, uint128_t)
TSAN_UPDATE_BY_CAS(128, uint128_t, exchange, X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_add, Old + X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_sub, Old - X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_and, Old &X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_or, Old | X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_xor, Old ^ X)
TSAN_UPDATE_BY_CAS(128, uint128_t, fetch_nand, ~(Old &X))

HEDDLE_EXPORT void __tsan_atomic_thread_fence(int O) { atomicFence(O); }

// Orders a thread with its own signal handlers only.
HEDDLE_EXPORT void __tsan_atomic_signal_fence(int) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
