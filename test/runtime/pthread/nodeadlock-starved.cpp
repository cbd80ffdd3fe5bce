// A thread that was woken and waits for a processor is not blocked, however
// long that takes.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=deadlock-poll=1 %t 2>&1 | count 0

#include <mutex>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

static std::mutex M;
static int Guarded;

static void pinToFirst() {
  cpu_set_t All, First;
  sched_getaffinity(0, sizeof(All), &All);
  CPU_ZERO(&First);
  int Cpu = 0;
  while (!CPU_ISSET(Cpu, &All))
    ++Cpu;
  CPU_SET(Cpu, &First);
  sched_setaffinity(0, sizeof(First), &First);
}

// Takes the processor from all who are idle.
static pid_t startHog() {
  pid_t Pid = fork();
  if (Pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pinToFirst();
    for (volatile unsigned I = 0;; I = I + 1)
      ;
  }
  return Pid;
}

static void lockWhileStarved() {
  sched_param P{};
  sched_setscheduler(0, SCHED_IDLE, &P);
  pinToFirst();
  std::lock_guard<std::mutex> Hold(M);
  ++Guarded;
}

int main() {
  pid_t Hog = startHog();
  for (int Round = 0; Round < 20; ++Round) {
    M.lock();
    std::thread T(lockWhileStarved);
    usleep(20000); // the thread gets to the lock, or not: both are fine
    M.unlock();
    T.join();
  }
  kill(Hog, SIGKILL);
  waitpid(Hog, nullptr, 0);
}
