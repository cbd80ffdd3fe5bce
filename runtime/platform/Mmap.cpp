// Sparse regions on Linux: private mappings without reservation, or, where the
// kernel refuses to overcommit, shared mappings of an empty memory file.
#include "platform/Mmap.h"

#include "base/Syscall.h"

#include <atomic>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace heddle {
namespace {

constexpr uintptr_t kPage = 4096;
constexpr uintptr_t kOwnRegions = 0x00004a0000000000;
constinit std::atomic<uintptr_t> NextOwn{kOwnRegions};
constinit std::atomic<bool> UsesMemoryFile{false};

void *mapAt(uintptr_t At, size_t Size, int Flags, int Fd) {
  long P = rawSyscall(SYS_mmap, long(At), long(Size), PROT_READ | PROT_WRITE,
                      Flags | MAP_NORESERVE | MAP_FIXED_NOREPLACE, Fd);
  if (isSyscallError(P))
    return nullptr;
  if (uintptr_t(P) == At)
    return reinterpret_cast<void *>(P);
  rawSyscall(SYS_munmap, P, long(Size)); // a kernel that does not know the flag
  return nullptr;
}

void *mapMemoryFile(uintptr_t At, size_t Size) {
  long Fd = rawSyscall(SYS_memfd_create, long("heddle"), MFD_CLOEXEC);
  if (Fd < 0)
    return nullptr;
  void *P = nullptr;
  if (rawSyscall(SYS_ftruncate, Fd, long(Size)) == 0)
    P = mapAt(At, Size, MAP_SHARED, int(Fd));
  rawSyscall(SYS_close, Fd);
  if (P)
    UsesMemoryFile.store(true, std::memory_order_relaxed);
  return P;
}

} // namespace

void *mapSparse(uintptr_t At, size_t Size) {
  if (!At)
    At = NextOwn.fetch_add((Size + 2 * kPage - 1) & ~(kPage - 1),
                           std::memory_order_relaxed);
  void *P = mapAt(At, Size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (!P)
    P = mapMemoryFile(At, Size);
  if (P) {
    rawSyscall(SYS_madvise, long(P), long(Size), MADV_DONTDUMP);
    rawSyscall(SYS_madvise, long(P), long(Size), MADV_NOHUGEPAGE);
  }
  return P;
}

void populatePages(void *P, size_t Size) {
  constexpr int kPopulateWrite = 23; // MADV_POPULATE_WRITE, Linux 5.14
  if (Size)
    rawSyscall(SYS_madvise, long(P), long(Size), kPopulateWrite);
}

void dropPages(void *P, size_t Size) {
  uintptr_t Begin = (uintptr_t(P) + kPage - 1) & ~(kPage - 1);
  uintptr_t End = (uintptr_t(P) + Size) & ~(kPage - 1);
  if (Begin >= End)
    return;
  bool Shared = UsesMemoryFile.load(std::memory_order_relaxed);
  rawSyscall(SYS_madvise, long(Begin), long(End - Begin),
             Shared ? MADV_REMOVE : MADV_DONTNEED);
}

} // namespace heddle
