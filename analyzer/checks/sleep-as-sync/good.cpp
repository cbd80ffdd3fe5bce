// Sleeps beside a real order, and sleeps that stand for none.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

using namespace std::chrono_literals;

int compute();
void use(int);

// Joined before the use.
void joined() {
  int Answer = 0;
  std::thread T([&] { Answer = compute(); });
  std::this_thread::sleep_for(10ms);
  T.join();
  use(Answer);
}

// The same for a wait group, a channel and a future.
void group() {
  int Answer = 0;
  go::WaitGroup Wg;
  Wg.go([&] { Answer = compute(); });
  go::sleep(10ms);
  Wg.wait();
  use(Answer);
}

void channel() {
  int Answer = 0;
  auto Done = go::makeChan<int>();
  go::spawn([&, Done] {
    Answer = compute();
    Done.send(1);
  });
  go::sleep(10ms);
  Done.recv();
  use(Answer);
}

void future() {
  auto Answer = std::async(std::launch::async, [] { return compute(); });
  std::this_thread::sleep_for(10ms);
  use(Answer.get());
}

// Polls until it is there.
void polls() {
  std::atomic<bool> Ready = false;
  std::thread T([&] {
    compute();
    Ready = true;
  });
  while (!Ready)
    std::this_thread::sleep_for(1ms);
  use(1);
  T.join();
}

// A benchmark runs for a time, then reads what was counted.
void benchmark() {
  std::atomic<long> Ops = 0;
  std::atomic<bool> Stop = false;
  std::thread T([&] {
    while (!Stop) {
      compute();
      ++Ops;
    }
  });
  std::this_thread::sleep_for(1s);
  long Sample = Ops;
  Stop = true;
  T.join();
  use(int(Sample));
}

// Shows that the task has not gone on: it waits for what comes later.
void notYet() {
  std::atomic<bool> Passed = false;
  std::binary_semaphore Gate(0);
  std::thread T([&] {
    Gate.acquire();
    Passed = true;
  });
  std::this_thread::sleep_for(10ms);
  if (Passed)
    use(0);
  Gate.release();
  T.join();
}

// Prints what there is, now and then.
void progress() {
  std::atomic<int> Count = 0;
  std::thread T([&] {
    for (int I = 0; I < 100; ++I) {
      compute();
      ++Count;
    }
  });
  for (int I = 0; I < 5; ++I) {
    std::this_thread::sleep_for(1s);
    use(0);
  }
  T.join();
  use(Count);
}

// The sleep comes before the task, or in it.
void elsewhere() {
  std::this_thread::sleep_for(1ms);
  std::atomic<int> Answer = 0;
  std::thread T([&] {
    std::this_thread::sleep_for(1ms);
    Answer = compute();
  });
  use(7);
  T.join();
  use(Answer);
}

// A condition variable says when.
void condition() {
  std::mutex M;
  std::condition_variable Changed;
  int Answer = 0;
  bool Ready = false;
  std::thread T([&] {
    std::lock_guard Guard(M);
    Answer = compute();
    Ready = true;
    Changed.notify_one();
  });
  std::this_thread::sleep_for(1ms);
  std::unique_lock Lock(M);
  Changed.wait(Lock, [&] { return Ready; });
  use(Answer);
  Lock.unlock();
  T.join();
}

// What the spawner itself has set.
void own() {
  int Mine = 1;
  std::thread T([&] { use(2); });
  std::this_thread::sleep_for(1ms);
  use(Mine);
  T.join();
}
