// The hooks for atomic operations of 8 to 128 bits.
#include "abi/AtomicHook.h"

using namespace heddle;

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

HEDDLE_EXPORT void heddle_atomic_fence(int O, uint64_t) { atomicFence(O); }
