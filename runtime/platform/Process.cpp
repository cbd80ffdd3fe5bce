// This process and its helpers, on Linux.
//
// Everything goes by raw system calls or by functions that the runtime does
// not intercept, so that it works at any moment of the program's life.
// Files of /proc are the calling thread's: those of a main thread that has
// ended are empty.
#include "platform/Process.h"

#include "base/Syscall.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace heddle {
namespace {

struct Start {
  const char *const *Argv;
  int Fd;
};

// Stacks for the two children that share our memory while we are suspended.
// One start at a time: callers hold the report's lock.
constexpr size_t kChildStack = 32 << 10;
alignas(16) char gMiddleStack[kChildStack];
alignas(16) char gHelperStack[kChildStack];

int execHelper(void *Arg) {
  const Start &S = *static_cast<Start *>(Arg);
  int Null = int(syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY));
  syscall(SYS_dup2, S.Fd, 0);
  syscall(SYS_dup2, S.Fd, 1);
  syscall(SYS_dup2, Null, 2);
  uint64_t NoSignals = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &NoSignals, nullptr, 8);
  // What the terminal or the driver sends to the program is not for us.
  syscall(SYS_setpgid, 0, 0);
  static const char *Environment[] = {"LC_ALL=C", nullptr};
  syscall(SYS_execve, S.Argv[0], S.Argv, Environment);
  syscall(SYS_exit_group, 127);
  return 127;
}

// The middle process dies at once, so the helper's parent is init.
int forkHelper(void *Arg) {
  clone(execHelper, gHelperStack + kChildStack, CLONE_VM | CLONE_VFORK, Arg);
  syscall(SYS_exit_group, 0);
  return 0;
}

// Reads a small file of /proc.
size_t readFile(const char *Path, char *Out, size_t Max) {
  int Fd = int(syscall(SYS_openat, AT_FDCWD, Path, O_RDONLY | O_CLOEXEC));
  if (Fd < 0)
    return 0;
  size_t Size = 0;
  while (Size + 1 < Max) {
    long N = syscall(SYS_read, Fd, Out + Size, Max - 1 - Size);
    if (N <= 0)
      break;
    Size += size_t(N);
  }
  closeFd(Fd);
  Out[Size] = 0;
  return Size;
}

uint64_t fieldOf(const char *Text, const char *Name, int Base) {
  const char *At = strstr(Text, Name);
  return At ? strtoull(At + strlen(Name), nullptr, Base) : 0;
}

uint64_t statusField(const char *Name, int Base) {
  char Text[4096];
  return readFile("/proc/thread-self/status", Text, sizeof(Text))
             ? fieldOf(Text, Name, Base)
             : 0;
}

// What the kernel writes into the buffer of getdents64.
struct DirectoryEntry {
  uint64_t Inode;
  int64_t Offset;
  uint16_t Size;
  uint8_t Type;
  char Name[];
};

// False if the thread does not sleep; otherwise adds it to S. A dead one (the
// main thread stays until the process ends) counts for nothing.
bool addSleeper(const char *Tid, Sleepers &S) {
  char Path[64] = "/proc/self/task/", Text[4096];
  strncat(Path, Tid, 16);
  strcat(Path, "/status");
  if (!readFile(Path, Text, sizeof(Text)))
    return false;
  if (strstr(Text, "\nState:\tZ"))
    return true;
  if (!strstr(Text, "\nState:\tS"))
    return false;
  uint64_t Awake = fieldOf(Text, "\nvoluntary_ctxt_switches:", 10) +
                   fieldOf(Text, "\nnonvoluntary_ctxt_switches:", 10);
  // A sum, as the order of a directory is nobody's promise.
  S.Fingerprint +=
      (strtoull(Tid, nullptr, 10) << 40 ^ Awake) * 0x9e3779b97f4a7c15ull;
  ++S.Count;
  return true;
}

// The entries in [At, End).
bool addSleepers(const char *At, const char *End, Sleepers &S) {
  auto Self = uint64_t(syscall(SYS_gettid));
  while (At < End) {
    auto *Entry = reinterpret_cast<const DirectoryEntry *>(At);
    uint64_t Tid = strtoull(Entry->Name, nullptr, 10); // '.' and '..': 0
    if (Tid && Tid != Self && !addSleeper(Entry->Name, S))
      return false;
    At += Entry->Size;
  }
  return true;
}

} // namespace

int spawnHelper(const char *const *Argv) {
  int Ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, Ends) != 0)
    return -1;
  uint64_t All = ~0ULL, Old = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &All, &Old, 8);
  Start S{Argv, Ends[1]};
  int Middle =
      clone(forkHelper, gMiddleStack + kChildStack, CLONE_VM | CLONE_VFORK, &S);
  if (Middle > 0)
    syscall(SYS_wait4, Middle, nullptr, __WCLONE, nullptr);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &Old, nullptr, 8);
  closeFd(Ends[1]);
  if (Middle <= 0) {
    closeFd(Ends[0]);
    return -1;
  }
  return Ends[0];
}

bool sendAll(int Fd, const char *Data, size_t Size) {
  while (Size) {
    long N = rawSyscall(SYS_sendto, Fd, long(Data), long(Size), MSG_NOSIGNAL);
    if (N == -EINTR)
      continue;
    if (N <= 0)
      return false;
    Data += N;
    Size -= size_t(N);
  }
  return true;
}

// A timer of the program may interrupt this as often as it likes.
size_t receiveSome(int Fd, char *Data, size_t Max, int Seconds) {
  pollfd P{Fd, POLLIN, 0};
  timespec Left{Seconds, 0}; // the kernel counts it down
  long N;
  do
    N = rawSyscall(SYS_ppoll, long(&P), 1, long(&Left), 0, 8);
  while (N == -EINTR);
  if (N <= 0)
    return 0;
  do
    N = rawSyscall(SYS_read, Fd, long(Data), long(Max));
  while (N == -EINTR);
  return N > 0 ? size_t(N) : 0;
}

void writeAll(int Fd, const char *Data, size_t Size) {
  while (Size) {
    long N = rawSyscall(SYS_write, Fd, long(Data), long(Size));
    if (N == -EINTR)
      continue;
    if (N <= 0)
      return;
    Data += N;
    Size -= size_t(N);
  }
}

void closeFd(int Fd) { syscall(SYS_close, Fd); }

size_t programPath(char *Out, size_t Max) {
  long N =
      syscall(SYS_readlinkat, AT_FDCWD, "/proc/thread-self/exe", Out, Max - 1);
  size_t Size = N > 0 ? size_t(N) : 0;
  Out[Size] = 0;
  return Size;
}

bool isPrivileged() { return getauxval(AT_SECURE) != 0; }

const char *environmentVariable(const char *Name) {
  return isPrivileged() ? nullptr : getenv(Name);
}

bool othersSleep(Sleepers &Out) {
  Out = {};
  int Fd = int(syscall(SYS_openat, AT_FDCWD, "/proc/self/task",
                       O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (Fd < 0)
    return false;
  alignas(DirectoryEntry) char Buffer[4096];
  long N;
  bool Sleep = true;
  while (Sleep && (N = syscall(SYS_getdents64, Fd, Buffer, sizeof(Buffer))) > 0)
    Sleep = addSleepers(Buffer, Buffer + N, Out);
  closeFd(Fd);
  return Sleep && N == 0;
}

bool hasSignalHandlers(uint64_t Own) {
  constexpr uint64_t kFaults = 1ULL << (SIGSEGV - 1) | 1ULL << (SIGBUS - 1) |
                               1ULL << (SIGFPE - 1) | 1ULL << (SIGILL - 1) |
                               1ULL << (SIGABRT - 1) | 1ULL << (SIGTRAP - 1) |
                               1ULL << (SIGSYS - 1);
  // glibc's own: cancellation and setxid.
  constexpr uint64_t kLibc = 1ULL << (32 - 1) | 1ULL << (33 - 1);
  return statusField("\nSigCgt:", 16) & ~kFaults & ~kLibc & ~Own;
}

bool findMapping(uintptr_t Addr, Mapping &Out) {
  int Fd = int(syscall(SYS_openat, AT_FDCWD, "/proc/thread-self/maps",
                       O_RDONLY | O_CLOEXEC));
  if (Fd < 0)
    return false;
  char Buffer[8192];
  size_t Kept = 0;
  bool Found = false;
  while (!Found) {
    long N = syscall(SYS_read, Fd, Buffer + Kept, sizeof(Buffer) - 1 - Kept);
    if (N <= 0)
      break;
    char *End = Buffer + Kept + N;
    *End = 0;
    char *Line = Buffer;
    for (char *Eol; !Found && (Eol = strchr(Line, '\n')); Line = Eol + 1) {
      char *At;
      Out.Begin = strtoul(Line, &At, 16);
      Out.End = strtoul(At + 1, &At, 16);
      Out.Shared = At[4] == 's';
      Found = Addr >= Out.Begin && Addr < Out.End;
    }
    Kept = size_t(End - Line);
    memmove(Buffer, Line, Kept);
  }
  closeFd(Fd);
  return Found;
}

void endProcess(int Code) {
  for (;;)
    syscall(SYS_exit_group, Code);
}

} // namespace heddle
