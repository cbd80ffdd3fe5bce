// The interface between instrumented code and the runtime: layout and hooks.
//
// Everything here is shared by three parties: the pass (instrumentation/),
// which emits code that relies on it; the runtime, which defines it; and
// hand-written annotations. A change here is a change of ABI: raise
// HEDDLE_ABI_VERSION.
//
// Invariants:
// - A strand's epoch word in the thread block never equals a shadow word that
//   another strand wrote.
// - The inline test may only skip an access that is redundant: the same strand
//   has recorded an access at least as strong, to at least these bytes, in the
//   same epoch, and no other strand has touched them since.
#ifndef HEDDLE_ABI_H
#define HEDDLE_ABI_H

#include <stddef.h>
#include <stdint.h>

#define HEDDLE_ABI_VERSION 1

#ifdef __cplusplus
extern "C" {
#endif

// An epoch word: who accessed, when, and which of the 8 bytes.
//   bits 63..56  mask: bit i set = byte i of the cell
//   bit  55      shared: another strand has accessed the cell since
//   bit  54      atomic: the access was atomic; 0 in the thread block
//   bits 53..30  strand slot, from 1; 0 is nobody
//   bits 29..0   clock
#define HEDDLE_EPOCH_MASK_SHIFT 56
#define HEDDLE_EPOCH_SHARED_BIT (1ULL << 55)
#define HEDDLE_EPOCH_ATOMIC_BIT (1ULL << 54)
#define HEDDLE_EPOCH_SLOT_SHIFT 30
#define HEDDLE_EPOCH_SLOT_BITS 24
#define HEDDLE_EPOCH_CLOCK_BITS 30
// All bits that must agree for "same strand, same epoch, nobody else since".
#define HEDDLE_EPOCH_ID_BITS ((1ULL << 56) - 1)
// Matches no shadow word: a thread that has no strand yet, or ignores accesses.
#define HEDDLE_NO_EPOCH 1ULL
// Matches cells without history only: a strand that is alone, whose accesses
// need no record.
#define HEDDLE_ALONE_EPOCH 0ULL

// Shadow of the 8-byte cell at (Addr & ~7): two epoch words, 16 bytes, at
//   HEDDLE_SHADOW_BASE + ((Addr & HEDDLE_APP_MASK) << 1), Addr rounded down to
//   8
// and its two places (32 bits each: the write's, the read's) at
//   HEDDLE_PLACE_BASE + (Addr & HEDDLE_APP_MASK).
// Folding 47 bits to 44 maps the executable's, the heap's and the mmap windows
// of x86-64 to disjoint parts; the runtime verifies that at start.
#define HEDDLE_APP_MASK 0x00000ffffffffff8ULL
// The bases are other ones only where the runtime's own unit tests run under a
// sanitizer whose shadow is in the way.
#ifndef HEDDLE_SHADOW_BASE
#define HEDDLE_SHADOW_BASE 0x0000100000000000ULL
#define HEDDLE_PLACE_BASE 0x0000300000000000ULL
#define HEDDLE_SYNC_BASE 0x0000400000000000ULL
#endif
#define HEDDLE_SHADOW_SIZE 0x0000200000000000ULL
#define HEDDLE_PLACE_SIZE 0x0000100000000000ULL
// What was released at an address: 32 bits for each 8 bytes, see sync/.
#define HEDDLE_SYNC_SIZE 0x0000080000000000ULL

// The inline test for an access to bytes M (an 8-bit mask) of one cell:
//   K = HEDDLE_EPOCH_ID_BITS | (uint64_t)M << HEDDLE_EPOCH_MASK_SHIFT
//   write: ((cell.Write ^ epoch) & K) == 0                      -> redundant
//   read:  the same on cell.Write, or on cell.Read              -> redundant
// where epoch is the thread block's, which has all mask bits set.
struct HeddleCell {
  uint64_t Write;
  uint64_t Read;
};

// The thread block: what inlined code reads and writes. One per OS thread; the
// runtime swaps its contents when a goroutine or fiber is switched.
struct HeddleThreadBlock {
  uint64_t Epoch;   // the running strand's epoch word, mask 0xff
  uint64_t Context; // calling-context value, see below
};
extern __thread struct HeddleThreadBlock heddle_thread_block
    __attribute__((tls_model("initial-exec")));
// Its distance from the thread pointer. Instrumented code addresses the block
// as %fs:[heddle_block_offset + field], computed at each use, so that no
// absolute address survives a switch to another OS thread (llvm#98479).
extern const int64_t heddle_block_offset;

// Calling context (Bond & McKinley, OOPSLA'07): a function reads Context into a
// local V at entry and stores 3 * V + Site before each call, Site being a
// 32-bit constant of the call site; a self-recursive direct call stores V
// unchanged, so that recursion of any depth is one context. Nothing has to be
// restored at return, throw or longjmp, because V is local. Hooks take V as
// their last argument; together with their return address it names the place.

// Accesses that the inline test did not prove redundant. N bytes at Addr, of
// any alignment. They preserve all general registers but r11
// (preserve_most).
#ifdef __clang__
#define HEDDLE_HOT __attribute__((preserve_most))
#else
#define HEDDLE_HOT
#endif
HEDDLE_HOT void heddle_read1(const void *Addr, uint64_t V);
HEDDLE_HOT void heddle_read2(const void *Addr, uint64_t V);
HEDDLE_HOT void heddle_read4(const void *Addr, uint64_t V);
HEDDLE_HOT void heddle_read8(const void *Addr, uint64_t V);
HEDDLE_HOT void heddle_read16(const void *Addr, uint64_t V);
HEDDLE_HOT void heddle_write1(void *Addr, uint64_t V);
HEDDLE_HOT void heddle_write2(void *Addr, uint64_t V);
HEDDLE_HOT void heddle_write4(void *Addr, uint64_t V);
HEDDLE_HOT void heddle_write8(void *Addr, uint64_t V);
HEDDLE_HOT void heddle_write16(void *Addr, uint64_t V);
// Any other size: vectors, long double, aggregates, loops over a range.
HEDDLE_HOT void heddle_read_range(const void *Addr, size_t N, uint64_t V);
HEDDLE_HOT void heddle_write_range(void *Addr, size_t N, uint64_t V);
// Store of a vtable pointer: no access if it already has this value.
HEDDLE_HOT void heddle_vptr_write(void **Addr, void *Value, uint64_t V);
// Load of a vtable pointer for a virtual call.
HEDDLE_HOT void heddle_vptr_read(void *const *Addr, uint64_t V);

// Memory intrinsics: check, then do.
void *heddle_memcpy(void *Dst, const void *Src, size_t N, uint64_t V);
void *heddle_memmove(void *Dst, const void *Src, size_t N, uint64_t V);
void *heddle_memset(void *Dst, int Byte, size_t N, uint64_t V);

// A stack variable whose address escapes begins its life: forgets what earlier
// objects at this address have left (shadow, synchronisation objects).
HEDDLE_HOT void heddle_stack_begin(void *Addr, size_t N);
// The same for a small one: the beginning counts as a write of its N bytes, so
// that inline tests of what follows in the epoch pass. Addr is a multiple of 8,
// and the rest of the last cell nobody's.
HEDDLE_HOT void heddle_stack_own(void *Addr, size_t N, uint64_t V);

// Atomics: the operation and its ordering in one. Order as in the C ABI
// (0 relaxed, 1 consume, 2 acquire, 3 release, 4 acq_rel, 5 seq_cst).
#define HEDDLE_ATOMICS(Bits, T)                                                \
  T heddle_atomic##Bits##_load(const T *A, int Order, uint64_t V);             \
  void heddle_atomic##Bits##_store(T *A, T X, int Order, uint64_t V);          \
  T heddle_atomic##Bits##_exchange(T *A, T X, int Order, uint64_t V);          \
  T heddle_atomic##Bits##_fetch_add(T *A, T X, int Order, uint64_t V);         \
  T heddle_atomic##Bits##_fetch_sub(T *A, T X, int Order, uint64_t V);         \
  T heddle_atomic##Bits##_fetch_and(T *A, T X, int Order, uint64_t V);         \
  T heddle_atomic##Bits##_fetch_or(T *A, T X, int Order, uint64_t V);          \
  T heddle_atomic##Bits##_fetch_xor(T *A, T X, int Order, uint64_t V);         \
  T heddle_atomic##Bits##_fetch_nand(T *A, T X, int Order, uint64_t V);        \
  T heddle_atomic##Bits##_cas(T *A, T Expected, T Desired, int Success,        \
                              int Failure, uint64_t V); /* the old value */
HEDDLE_ATOMICS(8, uint8_t)
HEDDLE_ATOMICS(16, uint16_t)
HEDDLE_ATOMICS(32, uint32_t)
HEDDLE_ATOMICS(64, uint64_t)
HEDDLE_ATOMICS(128, unsigned __int128)
#undef HEDDLE_ATOMICS
// Read-modify-write operations that have no hook of their own (min, max, fadd,
// uinc_wrap, ...) are lowered by the pass to a loop over cas.
void heddle_atomic_fence(int Order, uint64_t V);

// Called by a constructor of each instrumented module.
void heddle_init(int AbiVersion);

#ifdef __cplusplus
}
#endif
#endif
