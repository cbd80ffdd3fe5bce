// Size classes with free lists over chunks of one megabyte: multiples of 16 up
// to 256 bytes, powers of two above.
#include "base/Arena.h"

#include "base/Check.h"
#include "base/SpinLock.h"
#include "base/Syscall.h"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace heddle {
namespace {

constexpr size_t kChunk = size_t(1) << 20;
constexpr size_t kStep = 16;
constexpr unsigned kSmallShift = 8; // up to here in steps
constexpr unsigned kSmallClasses = (1u << kSmallShift) / kStep;
constexpr unsigned kLargestShift = 17; // above: a mapping of its own
constexpr unsigned kClasses = kSmallClasses + kLargestShift - kSmallShift;

struct FreeBlock {
  FreeBlock *Next;
};

struct SizeClass {
  SpinLock Lock;
  FreeBlock *Free HEDDLE_GUARDED_BY(Lock) = nullptr;
};

struct Chunk {
  SpinLock Lock;
  char *Next HEDDLE_GUARDED_BY(Lock) = nullptr;
  char *End HEDDLE_GUARDED_BY(Lock) = nullptr;
};

constinit SizeClass Classes[kClasses];
constinit Chunk Current;
constinit std::atomic<size_t> Bytes{0};

// The system call itself, because mmap() is intercepted.
void *pagesFromKernel(size_t Size) {
  long P = rawSyscall(SYS_mmap, 0, long(Size), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (!check(!isSyscallError(P), "out of memory for the detector's own data"))
    return nullptr;
  Bytes.fetch_add(Size, std::memory_order_relaxed);
  return reinterpret_cast<void *>(P);
}

// The number of the class of Size, at least kClasses if there is none.
unsigned classFor(size_t Size) {
  if (Size <= size_t(1) << kSmallShift)
    return Size ? unsigned((Size - 1) / kStep) : 0;
  unsigned Shift = 64 - (unsigned)__builtin_clzll(Size - 1);
  return kSmallClasses + Shift - kSmallShift - 1;
}

// The size of the blocks of a class.
size_t sizeOf(unsigned Class) {
  return Class < kSmallClasses
             ? (Class + 1) * kStep
             : size_t(1) << (Class - kSmallClasses + kSmallShift + 1);
}

void *carve(size_t Size) {
  SpinLockHolder Hold(Current.Lock);
  if (size_t(Current.End - Current.Next) < Size) {
    char *Fresh = static_cast<char *>(pagesFromKernel(kChunk));
    if (!Fresh)
      return nullptr;
    Current.Next = Fresh;
    Current.End = Fresh + kChunk;
  }
  char *P = Current.Next;
  Current.Next += Size;
  return P;
}

} // namespace

void *arenaAllocate(size_t Size) {
  unsigned Class = classFor(Size);
  if (Class >= kClasses)
    return pagesFromKernel((Size + 4095) & ~size_t(4095));
  SizeClass &C = Classes[Class];
  FreeBlock *Block;
  {
    SpinLockHolder Hold(C.Lock);
    Block = C.Free;
    if (Block)
      C.Free = Block->Next;
  }
  if (!Block)
    return carve(sizeOf(Class));
  memset(static_cast<void *>(Block), 0, sizeOf(Class));
  return Block;
}

void arenaFree(void *P, size_t Size) {
  if (!P)
    return;
  unsigned Class = classFor(Size);
  if (Class >= kClasses) {
    Size = (Size + 4095) & ~size_t(4095);
    rawSyscall(SYS_munmap, long(P), long(Size));
    Bytes.fetch_sub(Size, std::memory_order_relaxed);
    return;
  }
  SizeClass &C = Classes[Class];
  auto *Block = static_cast<FreeBlock *>(P);
  SpinLockHolder Hold(C.Lock);
  Block->Next = C.Free;
  C.Free = Block;
}

void lockArena() HEDDLE_NO_THREAD_SAFETY {
  for (SizeClass &C : Classes)
    C.Lock.lock();
  Current.Lock.lock();
}

void unlockArena() HEDDLE_NO_THREAD_SAFETY {
  Current.Lock.unlock();
  for (SizeClass &C : Classes)
    C.Lock.unlock();
}

size_t arenaBytes() { return Bytes.load(std::memory_order_relaxed); }

} // namespace heddle
