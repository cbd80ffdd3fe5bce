// Reads /proc/self/maps with bare system calls: this runs before libc is ready.
#include "platform/AddressSpace.h"

#include "platform/Process.h"

#include <cstddef>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" char **environ;

namespace heddle {
namespace {

constexpr uint64_t kWindowGap = uint64_t(1) << 40; // further apart: a new one
constexpr uint64_t kRoomToGrow = uint64_t(1) << 36;
constexpr size_t kMaxWindows = 16;

struct Window {
  uint64_t Begin, End;
};

struct MapsReader {
  int Fd = int(
      syscall(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC));
  char Buffer[4096];
  long Size = 0, At = 0;

  ~MapsReader() {
    if (Fd >= 0)
      syscall(SYS_close, Fd);
  }
  int next() {
    if (At == Size) {
      Size = Fd < 0 ? 0 : syscall(SYS_read, Fd, Buffer, sizeof(Buffer));
      At = 0;
      if (Size <= 0)
        return Size = 0, -1;
    }
    return (unsigned char)Buffer[At++];
  }
  uint64_t hex(int &C) {
    uint64_t X = 0;
    for (;; C = next()) {
      if (C >= '0' && C <= '9')
        X = X * 16 + unsigned(C - '0');
      else if (C >= 'a' && C <= 'f')
        X = X * 16 + unsigned(C - 'a' + 10);
      else
        return X;
    }
  }
  bool mapping(Window &W) {
    int C = next();
    if (C < 0)
      return false;
    W.Begin = hex(C);
    C = next();
    W.End = hex(C);
    while (C >= 0 && C != '\n')
      C = next();
    return true;
  }
};

size_t readWindows(Window *Out) {
  MapsReader Reader;
  Window W;
  size_t Count = 0;
  while (Reader.mapping(W)) {
    if (W.Begin >> 47)
      continue; // the kernel's page
    if (Count && W.Begin - Out[Count - 1].End < kWindowGap)
      Out[Count - 1].End = W.End;
    else if (Count < kMaxWindows)
      Out[Count++] = W;
  }
  return Count;
}

// The lowest window (executable, heap) grows upwards, the highest (stack) ends
// where user space ends and grows downwards, one in between may do both.
Window withRoom(Window W, bool IsLowest, bool IsHighest) {
  if (!IsLowest)
    W.Begin -= kRoomToGrow;
  if (!IsHighest)
    W.End += kRoomToGrow;
  return W;
}

bool overlap(uint64_t Mask, const Window &A, const Window &B) {
  return ((B.Begin - A.Begin) & Mask) < A.End - A.Begin ||
         ((A.Begin - B.Begin) & Mask) < B.End - B.Begin;
}

constexpr size_t kMaxArguments = size_t(1) << 17;
constexpr size_t kMaxText = size_t(8) << 20;

// The program's arguments, as the kernel has them.
char **readArguments() {
  auto Map = [](size_t Size) {
    long P = syscall(SYS_mmap, nullptr, Size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L);
    return P == -1 ? nullptr : reinterpret_cast<char *>(P);
  };
  char *Text = Map(kMaxText);
  auto **Arguments =
      reinterpret_cast<char **>(Map(kMaxArguments * sizeof(char *)));
  long Fd = syscall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY);
  if (!Text || !Arguments || Fd < 0)
    return nullptr;
  size_t Size = 0;
  for (long N;
       (N = syscall(SYS_read, Fd, Text + Size, kMaxText - 1 - Size)) > 0;)
    Size += size_t(N);
  syscall(SYS_close, Fd);
  size_t Count = 0;
  for (size_t I = 0; I < Size && Count + 1 < kMaxArguments; ++I) {
    if (I == 0 || !Text[I - 1])
      Arguments[Count++] = Text + I;
  }
  return Count ? Arguments : nullptr;
}

} // namespace

bool windowsCollide(uint64_t Mask) {
  Window Windows[kMaxWindows];
  size_t Count = readWindows(Windows);
  for (size_t I = 0; I < Count; ++I)
    Windows[I] = withRoom(Windows[I], I == 0, I + 1 == Count);
  for (size_t I = 0; I < Count; ++I)
    for (size_t J = I + 1; J < Count; ++J)
      if (overlap(Mask, Windows[I], Windows[J]))
        return true;
  return false;
}

void restartWithoutRandomisation() {
  if (isPrivileged()) // exec would switch it on again, and so for ever
    return;
  long Now = syscall(SYS_personality, 0xffffffffl);
  if (Now == -1 || (Now & ADDR_NO_RANDOMIZE))
    return;
  char **Arguments = readArguments();
  if (!Arguments || syscall(SYS_personality, Now | ADDR_NO_RANDOMIZE) == -1)
    return;
  syscall(SYS_execve, "/proc/self/exe", Arguments, environ);
}

void exitNow(int Code) {
  syscall(SYS_exit_group, Code);
  __builtin_unreachable();
}

} // namespace heddle
