// Volatile where atomic is meant.
#include <go/go.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

// A flag that stops a thread.
class Worker {
public:
  void start() {
    Thread = std::thread([this] {
      while (!Stopped)
        ++Rounds;
    });
  }
  void stop() {
    Stopped = true;
    Thread.join();
  }

private:
  std::thread Thread;
  volatile bool Stopped = false; // bug: race-volatile
  long Rounds = 0;
};

// A global that one function sets and a task waits for, through helpers.
static volatile int Ready; // bug: race-volatile
static int Result;

void publish(int N) {
  Result = N;
  Ready = 1;
}
static bool isReady() { return Ready != 0; }
void await() {
  std::thread Waiter([] {
    while (!isReady())
      std::this_thread::yield();
    std::printf("%d\n", Result);
  });
  Waiter.detach();
}

// A count that goroutines share.
volatile int Active; // bug: race-volatile
void serve() {
  go::spawn([] { ++Active; });
}
int active() { return Active; }

// Some take the lock, and some trust the word.
class Gauge {
public:
  void set(int N) {
    std::lock_guard Guard(M);
    Level = N;
  }
  int level() const { return Level; }

private:
  std::mutex M;
  volatile int Level = 0; // bug: race-volatile
};
