// mmap, mremap and munmap: memory that the kernel gives begins a new life.
#include "detect/Threads.h"
#include "intercept/Interceptor.h"
#include "intercept/LargeBlocks.h"

#include <cerrno>
#include <cstdarg>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<decltype(sbrk)> RealSbrk("sbrk");

// By system call: the C library's own mmap needs no more, and the dynamic
// linker maps before anything can be looked up.
void *mapReally(void *At, size_t Size, int Protection, int Flags, int Fd,
                off_t Offset) {
  return reinterpret_cast<void *>(
      syscall(SYS_mmap, At, Size, Protection, Flags, Fd, Offset));
}

void forget(void *At, size_t Size) {
  forgetAccesses(At, Size);
  syncForget(At, Size);
  auto Begin = reinterpret_cast<uintptr_t>(At);
  forgetEndedStacks(Begin, Begin + Size);
}

} // namespace

HEDDLE_EXPORT void *mmap(void *At, size_t Size, int Protection, int Flags,
                         int Fd, off_t Offset) noexcept {
  if ((Flags & MAP_FIXED) && watching())
    releaseReserved(reinterpret_cast<uintptr_t>(At),
                    reinterpret_cast<uintptr_t>(At) + Size);
  void *Result = mapReally(At, Size, Protection, Flags, Fd, Offset);
  if (Result != MAP_FAILED && watching())
    forget(Result, Size);
  return Result;
}

HEDDLE_EXPORT void *mmap64(void *At, size_t Size, int Protection, int Flags,
                           int Fd, off_t Offset) noexcept {
  return mmap(At, Size, Protection, Flags, Fd, Offset);
}

HEDDLE_EXPORT int munmap(void *At, size_t Size) noexcept {
  if (watching())
    forget(At, Size);
  return int(syscall(SYS_munmap, At, Size));
}

// What moves begins a new life at its new place, and what is left behind ends.
HEDDLE_EXPORT void *mremap(void *Old, size_t OldSize, size_t NewSize, int Flags,
                           ...) noexcept {
  va_list List;
  va_start(List, Flags);
  void *At = va_arg(List, void *);
  va_end(List);
  auto *New = reinterpret_cast<char *>(
      syscall(SYS_mremap, Old, OldSize, NewSize, Flags, At));
  if (New == MAP_FAILED || !watching())
    return New;
  if (New != Old) {
    forget(Old, OldSize);
    forget(New, NewSize);
  } else if (NewSize > OldSize) {
    forget(New + OldSize, NewSize - OldSize);
  } else {
    forget(New + NewSize, OldSize - NewSize);
  }
  return New;
}

// The C library's allocator moves the same end of memory.
HEDDLE_EXPORT void *sbrk(intptr_t Change) noexcept {
  void *Old = RealSbrk(Change);
  if (Change > 0 && Old != reinterpret_cast<void *>(-1) && watching())
    forget(Old, size_t(Change));
  return Old;
}
