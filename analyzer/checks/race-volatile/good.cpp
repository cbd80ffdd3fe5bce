// Volatile that is no message between tasks, and messages that are no volatile.
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <thread>

// Atomic, volatile or not.
static std::atomic<bool> Stopped{false};
static volatile std::atomic<int> Rounds{0};
void run() {
  std::thread Worker([] {
    while (!Stopped.load())
      ++Rounds;
  });
  Stopped = true;
  Worker.join();
  std::printf("%d\n", Rounds.load());
}

// Of a signal handler.
static volatile std::sig_atomic_t Interrupted;
void onSignal(int) { Interrupted = 1; }
bool interrupted() {
  static std::once_flag Flag;
  std::call_once(Flag, [] { std::signal(SIGINT, onSignal); });
  return Interrupted != 0;
}

// Under one lock, everywhere.
class Gauge {
public:
  void set(int N) {
    std::lock_guard Guard(M);
    Level = N;
  }
  int level() {
    std::lock_guard Guard(M);
    return Level;
  }

private:
  std::mutex M;
  volatile int Level = 0;
};

// A register of a device, behind a pointer.
class Uart {
public:
  explicit Uart(volatile uint32_t *Base) : Base(Base) {}
  void send(uint32_t C) {
    std::lock_guard Guard(M);
    Base[0] = C;
  }
  uint32_t state() const { return Base[1]; }

private:
  std::mutex M;
  volatile uint32_t *Base;
};

// A local that a benchmark must not lose, and one of each thread's own.
thread_local volatile int Sink;
void measure() {
  volatile int Sum = 0;
  std::thread Worker([] { Sink = 3; });
  for (int I = 0; I < 100; ++I)
    Sum = Sum + I;
  Worker.join();
  Sink = Sum;
}

// Used by one function only.
static volatile int Last;
int remember(int N) {
  static std::mutex M;
  std::lock_guard Guard(M);
  int Before = Last;
  Last = N;
  return Before;
}
