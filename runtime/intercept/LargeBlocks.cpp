// A ring of address ranges that large blocks have left behind.
//
// Reference: the chunk header of glibc's malloc: the size of what lies before
// and the size of the chunk, with bit 1 for a chunk that is its own mapping.
#include "intercept/LargeBlocks.h"

#include "base/SpinLock.h"
#include "detect/Access.h"
#include "event/ThreadState.h"

#include <atomic>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" void __libc_free(void *);

namespace heddle {
namespace {

struct Range {
  uintptr_t Begin, End;
};

constexpr size_t kRanges = 64;
constexpr size_t kMostBytes = size_t(1) << 32;
constexpr size_t kOwnMapping = 2; // in the size of a chunk

constinit SpinLock RingLock;
constinit Range Ring[kRanges] HEDDLE_GUARDED_BY(RingLock) = {};
constinit unsigned Next HEDDLE_GUARDED_BY(RingLock) = 0;
constinit size_t Bytes HEDDLE_GUARDED_BY(RingLock) = 0;

// By system call: nothing of this is the program's.
bool reserve(const Range &R) {
  void *Wanted = reinterpret_cast<void *>(R.Begin);
  auto *Got = reinterpret_cast<void *>(
      syscall(SYS_mmap, Wanted, R.End - R.Begin, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
              -1, 0L));
  if (Got != Wanted && Got != MAP_FAILED) // a kernel before 4.17
    syscall(SYS_munmap, Got, R.End - R.Begin);
  return Got == Wanted;
}

void giveBack(Range &R) HEDDLE_REQUIRES(RingLock) {
  if (!R.Begin)
    return;
  forgetAccesses(reinterpret_cast<void *>(R.Begin), R.End - R.Begin);
  syscall(SYS_munmap, R.Begin, R.End - R.Begin);
  Bytes -= R.End - R.Begin;
  R = {0, 0};
}

bool ownMapping(void *Raw, Range &R) {
  const auto *Chunk = static_cast<const size_t *>(Raw) - 2;
  if (!(Chunk[1] & kOwnMapping))
    return false;
  R.Begin = reinterpret_cast<uintptr_t>(Chunk) - Chunk[0];
  R.End = reinterpret_cast<uintptr_t>(Chunk) + (Chunk[1] & ~size_t(7));
  return true;
}

void keep(const Range &R) {
  SpinLockHolder Hold(RingLock);
  size_t Size = R.End - R.Begin;
  giveBack(Ring[Next]);
  for (unsigned I = 1; I < kRanges && Bytes + Size > kMostBytes; ++I)
    giveBack(Ring[(Next + I) % kRanges]);
  if (Bytes + Size > kMostBytes || !reserve(R)) {
    forgetAccesses(reinterpret_cast<void *>(R.Begin), Size);
    return;
  }
  Ring[Next] = R;
  Next = (Next + 1) % kRanges;
  Bytes += Size;
}

} // namespace

void freeRaw(void *Raw) {
  Range R;
  bool Mapped = ownMapping(Raw, R);
  AtWork Busy;
  __libc_free(Raw);
  if (Mapped)
    keep(R);
}

void releaseReserved(uintptr_t Begin, uintptr_t End) {
  SpinLockHolder Hold(RingLock);
  for (Range &R : Ring)
    if (R.Begin < End && Begin < R.End) {
      Bytes -= R.End - R.Begin;
      R = {0, 0};
    }
}

void lockLargeBlocks() HEDDLE_NO_THREAD_SAFETY { RingLock.lock(); }
void unlockLargeBlocks() HEDDLE_NO_THREAD_SAFETY { RingLock.unlock(); }

} // namespace heddle
