// Handlers are set, replaced, left and called as without a detector.
// RUN: %heddle-cxx -std=c++20 -O1 -Wno-deprecated-declarations %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// CHECK-NOT: heddle
// CHECK: done
#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>

#define EXPECT(Condition)                                                      \
  if (!(Condition))                                                            \
  printf("line %d: " #Condition "\n", __LINE__), exit(1)

int Calls, Value, Data;
sigjmp_buf Back;
volatile bool Ready;

void count(int) { ++Calls; }
void keepValue(int, siginfo_t *Info, void *) {
  Value = Info->si_value.sival_int;
}
void leave(int) { siglongjmp(Back, 1); }
void readData(int) { Value = Data; }

void setAction(int Signal, void (*Handler)(int), int Flags) {
  struct sigaction Action {};
  Action.sa_handler = Handler;
  Action.sa_flags = Flags;
  EXPECT(sigaction(Signal, &Action, nullptr) == 0);
}

int flagsOf(const struct sigaction &A) {
  return A.sa_flags & ~0x04000000; // the C library's
}

void theProgramSeesItsOwnHandlers() {
  struct sigaction Old;
  EXPECT(sigaction(SIGTERM, nullptr, &Old) == 0 && Old.sa_handler == SIG_DFL);
  EXPECT(signal(SIGUSR1, count) == SIG_DFL);
  EXPECT(sigaction(SIGUSR1, nullptr, &Old) == 0);
  EXPECT(Old.sa_handler == count && flagsOf(Old) == SA_RESTART);
  EXPECT(sigismember(&Old.sa_mask, SIGUSR1));
  setAction(SIGUSR1, count, SA_RESETHAND | SA_NODEFER);
  EXPECT(sigaction(SIGUSR1, nullptr, &Old) == 0);
  EXPECT(flagsOf(Old) == int(SA_RESETHAND | SA_NODEFER));
  EXPECT(raise(SIGUSR1) == 0 && Calls == 1); // before raise returns
  EXPECT(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
  EXPECT(sigset(SIGUSR1, count) == SIG_IGN);
  EXPECT(sigset(SIGUSR1, SIG_HOLD) == count && raise(SIGUSR1) == 0);
  EXPECT(Calls == 1 && sigset(SIGUSR1, count) == SIG_HOLD && Calls == 2);
  EXPECT(sigaction(SIGKILL, &Old, nullptr) == -1 && errno == EINVAL);
}

void aHandlerMayJumpOut() {
  signal(SIGUSR2, leave);
  for (volatile int I = 0; I < 3; I = I + 1)
    if (!sigsetjmp(Back, 1))
      raise(SIGUSR2);
  setAction(SIGSEGV, leave, 0);
  for (volatile int I = 0; I < 3; I = I + 1)
    if (!sigsetjmp(Back, 1))
      *reinterpret_cast<volatile int *>(8) = 1;
}

void valuesArriveInOrder() {
  struct sigaction Action {};
  Action.sa_sigaction = keepValue;
  Action.sa_flags = SA_SIGINFO;
  sigaction(SIGRTMIN, &Action, nullptr);
  for (int I = 1; I < 100; ++I) {
    sigval V{};
    V.sival_int = I;
    EXPECT(sigqueue(getpid(), SIGRTMIN, V) == 0 && Value == I);
  }
}

// Sends signals to the calling thread, which reads, until there is something to
// read or Until is true.
std::thread disturb(int Fd, int Signals, const bool &Until) {
  return std::thread([Fd, Signals, &Until, Reader = pthread_self()] {
    for (int I = 0; I < Signals && !__atomic_load_n(&Until, __ATOMIC_RELAXED);
         ++I) {
      pthread_kill(Reader, SIGUSR1);
      usleep(2'000);
    }
    EXPECT(write(Fd, "x", 1) == 1);
  });
}

void anInterruptedReadSaysSo() {
  int Ends[2];
  char C;
  bool Over = false;
  EXPECT(pipe(Ends) == 0);
  setAction(SIGUSR1, count, SA_RESTART);
  std::thread Few = disturb(Ends[1], 5, Over);
  EXPECT(read(Ends[0], &C, 1) == 1);
  Few.join();
  setAction(SIGUSR1, count, 0);
  std::thread Many = disturb(Ends[1], 100'000, Over);
  EXPECT(read(Ends[0], &C, 1) == -1 && errno == EINTR);
  __atomic_store_n(&Over, true, __ATOMIC_RELAXED);
  Many.join();
}

// The sender's past is known to the handler, and to who waits for the signal.
void aSignalCarriesWhatTheSenderDid() {
  signal(SIGUSR2, readData);
  pthread_t Main = pthread_self();
  std::thread Sender([&] {
    Data = 42;
    pthread_kill(Main, SIGUSR2);
  });
  while (!__atomic_load_n(&Value, __ATOMIC_RELAXED))
    sched_yield();
  EXPECT(Value == 42);
  Sender.join();
  sigset_t Set;
  sigemptyset(&Set);
  sigaddset(&Set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &Set, nullptr);
  std::thread([&] {
    Data = 43;
    kill(getpid(), SIGUSR1);
  }).join();
  int Signal = 0;
  EXPECT(sigwait(&Set, &Signal) == 0 && Signal == SIGUSR1 && Data == 43);
}

int main() {
  theProgramSeesItsOwnHandlers();
  aHandlerMayJumpOut();
  valuesArriveInOrder();
  anInterruptedReadSaysSo();
  Value = 0;
  aSignalCarriesWhatTheSenderDid();
  puts("done");
}
