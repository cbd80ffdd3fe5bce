// malloc and its family, over glibc's own allocator.
//
// A watched block has a header of 16 bytes and its start in the bitmap; a block
// that was allocated before the start, or by the runtime itself, has neither.
#include "intercept/Malloc.h"

#include "detect/FreedUse.h"
#include "detect/Misuse.h"
#include "detect/SignalMisuse.h"
#include "event/Place.h"
#include "event/StrandData.h"
#include "intercept/Interceptor.h"
#include "intercept/LargeBlocks.h"
#include "intercept/Quarantine.h"
#include "shadow/Birth.h"
#include "shadow/Freed.h"

#include <cerrno>
#include <cstring>
#include <malloc.h>

extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_memalign(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);
}

using namespace heddle;

namespace {

constexpr size_t kHeader = sizeof(BlockHeader);
constexpr size_t kPage = 4096;

constinit Real<decltype(malloc_usable_size)>
    RealUsableSize("malloc_usable_size");

unsigned log2Of(size_t PowerOfTwo) {
  return unsigned(__builtin_ctzl(PowerOfTwo));
}

bool overflows(size_t Size, size_t Align) {
  return Size > PTRDIFF_MAX - Align - kHeader;
}

uint32_t placeOfAllocation(Strand &S, uintptr_t Pc) {
  uint64_t Context = heddle_thread_block.Context;
  const void *Frame = __builtin_frame_address(0);
  return isWatched(S)
             ? placeOfAccess(S, Context, Pc, PlaceKind::Allocation, Frame)
             : placeFor(Context, Pc, PlaceKind::Allocation, Frame);
}

void fillHeader(const Strand &S, void *Block, size_t Size, size_t Align,
                BlockKind Kind, uint32_t Place) {
  BlockHeader *H = headerOf(Block);
  H->Size = Size;
  H->AlignLog2 = log2Of(Align);
  H->Kind = uint64_t(Kind);
  H->Reserved = 0;
  H->Place = Place;
  H->StrandId = isWatched(S) ? uint32_t(S.Record->Id & ~(1U << 31)) |
                                   uint32_t(S.Record->IsGoroutine) << 31
                             : 0;
}

// Whether the allocation is an access. Not in code without checks: how that
// passes its blocks on may be out of sight.
bool isAccess(const Strand &S, uint32_t Place, uintptr_t Pc) {
  return placeAt(Place).InChecked && isWatched(S) &&
         !(gIgnoresCallers && isIgnoredCaller(Pc));
}

// Raw has room for Align bytes and the block behind them.
void *beginLife(void *Raw, size_t Size, size_t Align, BlockKind Kind,
                uintptr_t Pc) {
  void *Block = static_cast<char *>(Raw) + Align;
  Strand &S = currentStrand();
  uint32_t Place = placeOfAllocation(S, Pc);
  fillHeader(S, Block, Size, Align, Kind, Place);
  if (isAccess(S, Place, Pc))
    accessAllocation(S, Block, Size, Place);
  else
    forgetAccesses(Block, Size);
  auto Begin = reinterpret_cast<uintptr_t>(Block);
  unmarkFreed(Begin - Align, Begin + (Size ? Size : 1));
  syncForget(Block, Size);
  heapAdd(Block);
  return Block;
}

void *outOfMemory() {
  errno = ENOMEM;
  return nullptr;
}

// The allocator itself. A handler of the program that interrupted it would wait
// for ever if a report is made in it.
void *allocateRaw(size_t Size, size_t Align) {
  AtWork Busy;
  return Align == kHeader ? __libc_malloc(Size) : __libc_memalign(Align, Size);
}
void *allocateRawZeroed(size_t Size) {
  AtWork Busy;
  return __libc_calloc(1, Size);
}

// A block of the C library's own, which no report will speak of.
void *unwatched(void *Block, size_t Size) {
  if (Block && heapReady())
    forgetAccesses(Block, Size);
  return Block;
}

// Reports the free of what no block begins at; false if it may be one of the C
// library's own.
bool isWrongFree(Strand &S, void *Block, uintptr_t Pc) {
  auto Addr = reinterpret_cast<uintptr_t>(Block);
  HeapBlock B;
  bool WasFreed = heapFindFreed(Addr, B) && B.Begin == Addr;
  if (!WasFreed && !(Addr & 15) && !heapFind(Addr, B) && !isOtherMemory(Addr))
    return false;
  reportLockMisuse(S,
                   WasFreed ? LockMisuse::DoubleFree : LockMisuse::InvalidFree,
                   Block, Pc);
  return true;
}

} // namespace

namespace heddle {

void *allocate(size_t Size, size_t Align, BlockKind Kind, uintptr_t Pc) {
  if (Align < kHeader)
    Align = kHeader;
  if (overflows(Size, Align))
    return outOfMemory();
  if (!watching())
    return unwatched(allocateRaw(Size, Align), Size);
  checkHandlerMayCall(Pc);
  void *Raw = allocateRaw(Size + Align, Align);
  return Raw ? beginLife(Raw, Size, Align, Kind, Pc) : nullptr;
}

void *allocateZeroed(size_t Size, uintptr_t Pc) {
  if (overflows(Size, kHeader))
    return outOfMemory();
  if (!watching())
    return unwatched(allocateRawZeroed(Size), Size);
  checkHandlerMayCall(Pc);
  void *Raw = allocateRawZeroed(Size + kHeader);
  return Raw ? beginLife(Raw, Size, kHeader, BlockKind::Malloc, Pc) : nullptr;
}

void release(void *Block, uintptr_t Pc) {
  if (!Block)
    return;
  bool Watching = watching();
  if (Watching)
    checkHandlerMayCall(Pc);
  if (!heapRemove(Block)) {
    if (!Watching || !isWrongFree(currentStrand(), Block, Pc))
      freeRaw(Block);
    return;
  }
  BlockHeader H = *headerOf(Block);
  if (Watching)
    accessFree(currentStrand(), Block, H.Size, H.Place, H.StrandId,
               heddle_thread_block.Context, Pc);
  else
    endBirths(reinterpret_cast<uintptr_t>(Block),
              reinterpret_cast<uintptr_t>(Block) + H.Size);
  freeLater(Block);
}

} // namespace heddle

HEDDLE_EXPORT void *malloc(size_t Size) noexcept {
  return allocate(Size, kHeader, BlockKind::Malloc, HEDDLE_CALLER);
}

HEDDLE_EXPORT void free(void *Block) noexcept { release(Block, HEDDLE_CALLER); }
HEDDLE_EXPORT void cfree(void *Block) noexcept {
  release(Block, HEDDLE_CALLER);
}

HEDDLE_EXPORT void *calloc(size_t Count, size_t Size) noexcept {
  size_t Bytes;
  if (__builtin_mul_overflow(Count, Size, &Bytes))
    return outOfMemory();
  return allocateZeroed(Bytes, HEDDLE_CALLER);
}

HEDDLE_EXPORT void *realloc(void *Old, size_t Size) noexcept {
  if (!Old)
    return allocate(Size, kHeader, BlockKind::Malloc, HEDDLE_CALLER);
  if (!heapContains(Old))
    return unwatched(__libc_realloc(Old, Size), Size);
  if (!Size) {
    release(Old, HEDDLE_CALLER);
    return nullptr;
  }
  void *New = allocate(Size, kHeader, BlockKind::Malloc, HEDDLE_CALLER);
  if (!New)
    return nullptr;
  size_t OldSize = headerOf(Old)->Size;
  __builtin_memcpy(New, Old, OldSize < Size ? OldSize : Size);
  release(Old, HEDDLE_CALLER);
  return New;
}

HEDDLE_EXPORT void *reallocarray(void *Old, size_t Count,
                                 size_t Size) noexcept {
  size_t Bytes;
  if (__builtin_mul_overflow(Count, Size, &Bytes))
    return outOfMemory();
  return realloc(Old, Bytes);
}

HEDDLE_EXPORT void *memalign(size_t Align, size_t Size) noexcept {
  if (!Align || Align & (Align - 1)) {
    errno = EINVAL;
    return nullptr;
  }
  return allocate(Size, Align, BlockKind::Malloc, HEDDLE_CALLER);
}

HEDDLE_EXPORT void *aligned_alloc(size_t Align, size_t Size) noexcept {
  if (!Align || Align & (Align - 1)) {
    errno = EINVAL;
    return nullptr;
  }
  return allocate(Size, Align, BlockKind::Malloc, HEDDLE_CALLER);
}

HEDDLE_EXPORT int posix_memalign(void **Out, size_t Align,
                                 size_t Size) noexcept {
  if (Align < sizeof(void *) || Align & (Align - 1))
    return EINVAL;
  int Errno = errno;
  void *Block = allocate(Size, Align, BlockKind::Malloc, HEDDLE_CALLER);
  errno = Errno;
  if (!Block)
    return ENOMEM;
  *Out = Block;
  return 0;
}

HEDDLE_EXPORT void *valloc(size_t Size) noexcept {
  return allocate(Size, kPage, BlockKind::Malloc, HEDDLE_CALLER);
}

HEDDLE_EXPORT void *pvalloc(size_t Size) noexcept {
  return allocate((Size + kPage - 1) & ~(kPage - 1), kPage, BlockKind::Malloc,
                  HEDDLE_CALLER);
}

HEDDLE_EXPORT size_t malloc_usable_size(void *Block) noexcept {
  if (Block && heapContains(Block))
    return headerOf(Block)->Size;
  return RealUsableSize(Block);
}
