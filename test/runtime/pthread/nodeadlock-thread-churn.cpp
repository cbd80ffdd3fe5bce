// Threads that come and go, and a monitor that looks all the time: none of the
// many short waits, joins with threads on their way out among them, is a
// deadlock.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=deadlock-poll=1 %t 2>&1 | count 0

#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <semaphore.h>
#include <thread>

static std::mutex M;
static std::condition_variable C;
static bool IsTurn;
static sem_t Ask, Answer;
static pthread_barrier_t Barrier;

// Keeps a thread busy after its last user code.
struct Late {
  ~Late() {
    for (volatile int I = 0; I < 20000; I = I + 1)
      ;
  }
};
static void becomeLate() {
  static thread_local Late L;
  (void)&L;
}

static void answer() {
  becomeLate();
  {
    std::unique_lock Hold(M);
    C.wait(Hold, [] { return IsTurn; });
    IsTurn = false;
    C.notify_one();
  }
  sem_wait(&Ask);
  sem_post(&Answer);
  pthread_barrier_wait(&Barrier);
}

static void ask() {
  {
    std::unique_lock Hold(M);
    IsTurn = true;
    C.notify_one();
    C.wait(Hold, [] { return !IsTurn; });
  }
  sem_post(&Ask);
  sem_wait(&Answer);
  pthread_barrier_wait(&Barrier);
}

int main() {
  sem_init(&Ask, 0, 0);
  sem_init(&Answer, 0, 0);
  pthread_barrier_init(&Barrier, nullptr, 2);
  for (int I = 0; I < 500; ++I) {
    std::thread T(answer);
    std::thread(becomeLate).join();
    ask();
    T.join();
  }
}
