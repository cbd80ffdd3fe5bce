// The handler of SIGSEGV for guard pages.
#include "sched/Overflow.h"

#include "base/Check.h"
#include "platform/Stack.h"
#include "sched/Sched.h"

#include <csignal>
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>

namespace heddle::sched {
namespace {

struct sigaction Before;

char *decimal(uint64_t N, char *End) {
  *--End = 0;
  do
    *--End = char('0' + N % 10);
  while (N /= 10);
  return End;
}

void onFault(int Signal, siginfo_t *Info, void *Context) {
  if (isStackGuard(reinterpret_cast<uintptr_t>(Info->si_addr))) {
    char Buffer[24];
    printError("runtime: goroutine stack exceeds 262144-byte limit\n"
               "fatal error: stack overflow\n\ngoroutine ",
               decimal(currentId(), Buffer + sizeof(Buffer)), " [running]\n");
    _exit(2);
  }
  if (Before.sa_flags & SA_SIGINFO)
    return Before.sa_sigaction(Signal, Info, Context);
  if (Before.sa_handler != SIG_DFL && Before.sa_handler != SIG_IGN)
    return Before.sa_handler(Signal);
  signal(Signal, SIG_DFL); // the access faults again, and now for good
}

} // namespace

void prepareOverflowStack() {
  constexpr size_t kSize = 64 * 1024;
  stack_t Old;
  if (sigaltstack(nullptr, &Old) || !(Old.ss_flags & SS_DISABLE))
    return;
  void *P = mmap(nullptr, kSize, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (P == MAP_FAILED)
    return;
  stack_t Ours{};
  Ours.ss_sp = P;
  Ours.ss_size = kSize;
  sigaltstack(&Ours, nullptr);
}

void catchStackOverflow() {
  static bool Installed = false;
  if (Installed)
    return;
  Installed = true;
  struct sigaction Ours{};
  Ours.sa_sigaction = &onFault;
  Ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&Ours.sa_mask);
  sigaction(SIGSEGV, &Ours, &Before);
}

} // namespace heddle::sched
