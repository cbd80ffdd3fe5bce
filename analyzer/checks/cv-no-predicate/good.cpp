// Waits that are repeated until what they wait for is true.
#include <go/go.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <pthread.h>

std::mutex M;
std::condition_variable Cv;
bool Ready;
int Items;

void predicate() {
  std::unique_lock Guard(M);
  Cv.wait(Guard, [] { return Ready; });
}

void loop() {
  std::unique_lock Guard(M);
  while (!Ready)
    Cv.wait(Guard);
}

void doLoop() {
  std::unique_lock Guard(M);
  do
    Cv.wait(Guard);
  while (!Ready);
}

void endless() {
  std::unique_lock Guard(M);
  for (;;) {
    if (Ready)
      return;
    Cv.wait(Guard);
  }
}

void again() {
  std::unique_lock Guard(M);
Again:
  if (!Ready) {
    Cv.wait(Guard);
    goto Again;
  }
}

// A sleep that can be cut short.
void nap() {
  std::unique_lock Guard(M);
  Cv.wait_for(Guard, std::chrono::seconds(1));
}

// The caller holds the lock and repeats the wait.
void wait(std::unique_lock<std::mutex> &Guard) { Cv.wait(Guard); }
void callsWait() {
  std::unique_lock Guard(M);
  while (!Ready)
    wait(Guard);
}

struct Condition {
  pthread_cond_t Own;
  pthread_mutex_t *Lock;
  void wait() { pthread_cond_wait(&Own, Lock); }
};

struct Queue {
  std::mutex Own;
  std::condition_variable NotEmpty;
  int N = 0;
  void waitLocked(std::unique_lock<std::mutex> &Guard) {
    NotEmpty.wait(Guard);
  }
  int pop() {
    std::unique_lock Guard(Own);
    while (N == 0)
      waitLocked(Guard);
    return --N;
  }
};

void withGo(go::Mutex &L, go::Cond &C) {
  std::lock_guard Guard(L);
  while (Items == 0)
    C.wait();
  --Items;
}

// Behind a lambda that tests.
template <class Test> void until(std::unique_lock<std::mutex> &Guard, Test T) {
  while (!T())
    Cv.wait(Guard);
}
void untilReady() {
  std::unique_lock Guard(M);
  until(Guard, [] { return Ready; });
}
