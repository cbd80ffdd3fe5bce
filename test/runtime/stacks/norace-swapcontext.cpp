// Stacks of swapcontext that one thread runs by turns are ordered; a stack that
// is freed and given out again begins a new life.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t | count 0
#include <mutex>
#include <thread>
#include <ucontext.h>
#include <vector>

static thread_local ucontext_t Main, Fibers[2];
static std::mutex Lock;
static int Guarded;

static void fiberMain(int Self) {
  volatile int Local = Self;
  for (int I = 0; I < 10; ++I) {
    Local = Local + 1;
    {
      std::lock_guard<std::mutex> Hold(Lock);
      ++Guarded;
    }
    swapcontext(&Fibers[Self], I % 2 ? &Main : &Fibers[!Self]);
  }
}

static void run() {
  for (int Round = 0; Round < 20; ++Round) {
    std::vector<char> Stacks[2];
    for (int I = 0; I < 2; ++I) {
      Stacks[I].resize(128 << 10);
      getcontext(&Fibers[I]);
      Fibers[I].uc_stack.ss_sp = Stacks[I].data();
      Fibers[I].uc_stack.ss_size = Stacks[I].size();
      Fibers[I].uc_link = &Main;
      makecontext(&Fibers[I], reinterpret_cast<void (*)()>(fiberMain), 1, I);
    }
    for (int I = 0; I < 5; ++I)
      swapcontext(&Main, &Fibers[0]);
  }
}

int main() {
  std::thread A(run), B(run);
  A.join();
  B.join();
}
