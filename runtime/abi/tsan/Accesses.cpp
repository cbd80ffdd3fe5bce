// Plain accesses, by compiled code and by libraries that name their caller.
//
// A compound access (read and write of one variable) is one write; volatile
// orders nothing, so volatile accesses are plain ones.
#include "abi/tsan/Hook.h"

#include <cstring>

using namespace heddle;

#define HEDDLE_GIVEN_PC(Pc)                                                    \
  reinterpret_cast<uintptr_t>(Pc), __builtin_frame_address(0)

#define TSAN_ACCESS(Name, Size, Kind)                                          \
  HEDDLE_EXPORT void __tsan_##Name(void *Addr) {                               \
    noteSmall<Size>(Addr, Kind, HEDDLE_CALLER);                                \
  }
#define TSAN_LARGE_ACCESS(Name, Size, Kind)                                    \
  HEDDLE_EXPORT void __tsan_##Name(void *Addr) {                               \
    noteRange(Addr, Size, Kind, HEDDLE_CALLER);                                \
  }
#define TSAN_KINDS(Define, Prefix, Size)                                       \
  Define(Prefix##read##Size, Size, 0)                                          \
      Define(Prefix##write##Size, Size, kWriteBit)
#define TSAN_ALL_KINDS(Define, Prefix, Size)                                   \
  TSAN_KINDS(Define, Prefix, Size)                                             \
  TSAN_KINDS(Define, Prefix##volatile_, Size)                                  \
  Define(Prefix##read_write##Size, Size, kWriteBit)

TSAN_ALL_KINDS(TSAN_ACCESS, , 1)
TSAN_ALL_KINDS(TSAN_ACCESS, , 2)
TSAN_ALL_KINDS(TSAN_ACCESS, , 4)
TSAN_ALL_KINDS(TSAN_ACCESS, , 8)
TSAN_ALL_KINDS(TSAN_LARGE_ACCESS, , 16)
TSAN_ALL_KINDS(TSAN_ACCESS, unaligned_, 2)
TSAN_ALL_KINDS(TSAN_ACCESS, unaligned_, 4)
TSAN_ALL_KINDS(TSAN_ACCESS, unaligned_, 8)
TSAN_ALL_KINDS(TSAN_LARGE_ACCESS, unaligned_, 16)

#define TSAN_ACCESS_BY(Name, Size, Kind)                                       \
  HEDDLE_EXPORT void __tsan_##Name##_pc(void *Addr, void *Pc) {                \
    noteRange(Addr, Size, Kind, HEDDLE_GIVEN_PC(Pc));                          \
  }
TSAN_KINDS(TSAN_ACCESS_BY, , 1)
TSAN_KINDS(TSAN_ACCESS_BY, , 2)
TSAN_KINDS(TSAN_ACCESS_BY, , 4)
TSAN_KINDS(TSAN_ACCESS_BY, , 8)
TSAN_KINDS(TSAN_ACCESS_BY, , 16)

HEDDLE_EXPORT void __tsan_read_range(void *Addr, unsigned long Size) {
  noteRange(Addr, Size, 0, HEDDLE_CALLER);
}
HEDDLE_EXPORT void __tsan_write_range(void *Addr, unsigned long Size) {
  noteRange(Addr, Size, kWriteBit, HEDDLE_CALLER);
}
HEDDLE_EXPORT void __tsan_read_range_pc(void *Addr, unsigned long Size,
                                        void *Pc) {
  noteRange(Addr, Size, 0, HEDDLE_GIVEN_PC(Pc));
}
HEDDLE_EXPORT void __tsan_write_range_pc(void *Addr, unsigned long Size,
                                         void *Pc) {
  noteRange(Addr, Size, kWriteBit, HEDDLE_GIVEN_PC(Pc));
}

// Comes before the store: constructors of derived classes repeat it.
HEDDLE_EXPORT void __tsan_vptr_update(void **Addr, void *Value) {
  if (__atomic_load_n(Addr, __ATOMIC_RELAXED) != Value)
    recordSmall<8>(Addr, kWriteBit, PlaceKind::VptrWrite, callingContext(),
                   HEDDLE_CALLER);
}
HEDDLE_EXPORT void __tsan_vptr_read(void **Addr) {
  recordSmall<8>(Addr, 0, PlaceKind::VptrRead, callingContext(), HEDDLE_CALLER);
}

HEDDLE_EXPORT void *__tsan_memcpy(void *To, const void *From,
                                  unsigned long Size) {
  noteRange(From, Size, 0, HEDDLE_CALLER);
  noteRange(To, Size, kWriteBit, HEDDLE_CALLER);
  return memcpy(To, From, Size);
}
HEDDLE_EXPORT void *__tsan_memmove(void *To, const void *From,
                                   unsigned long Size) {
  noteRange(From, Size, 0, HEDDLE_CALLER);
  noteRange(To, Size, kWriteBit, HEDDLE_CALLER);
  return memmove(To, From, Size);
}
HEDDLE_EXPORT void *__tsan_memset(void *To, int Byte, unsigned long Size) {
  noteRange(To, Size, kWriteBit, HEDDLE_CALLER);
  return memset(To, Byte, Size);
}

// For code that must access unaligned memory and be seen doing so.
#define TSAN_UNALIGNED(Bits, T)                                                \
  HEDDLE_EXPORT T __sanitizer_unaligned_load##Bits(const T *Addr) {            \
    noteRange(Addr, sizeof(T), 0, HEDDLE_CALLER);                              \
    T Value;                                                                   \
    memcpy(&Value, Addr, sizeof(T));                                           \
    return Value;                                                              \
  }                                                                            \
  HEDDLE_EXPORT void __sanitizer_unaligned_store##Bits(T *Addr, T Value) {     \
    noteRange(Addr, sizeof(T), kWriteBit, HEDDLE_CALLER);                      \
    memcpy(static_cast<void *>(Addr), &Value, sizeof(T));                      \
  }
TSAN_UNALIGNED(16, uint16_t)
TSAN_UNALIGNED(32, uint32_t)
TSAN_UNALIGNED(64, uint64_t)
