// Waits without the lock, short ones, and locks that are there for the wait.
#include <go/go.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <poll.h>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

// Given back before the wait, by scope, by hand and early.
class Weather {
public:
  void poll() {
    for (;;) {
      {
        std::lock_guard Guard(M);
        if (Fresh)
          return;
      }
      std::this_thread::sleep_for(1s);
    }
  }
  void early() {
    std::unique_lock Guard(M);
    Fresh = false;
    Guard.unlock();
    std::this_thread::sleep_for(1s);
    Guard.lock();
    Fresh = true;
  }
  void byHand() {
    M.lock();
    Fresh = false;
    M.unlock();
    std::this_thread::sleep_for(1s);
  }
  void deferred() {
    std::unique_lock Guard(M, std::defer_lock);
    std::this_thread::sleep_for(1s);
    Guard.lock();
    Fresh = true;
  }
  // Held on some ways only.
  void maybe(bool Locked) {
    if (Locked)
      M.lock();
    std::this_thread::sleep_for(1s);
    if (Locked)
      M.unlock();
  }
  void tried() {
    std::unique_lock Guard(M, std::try_to_lock);
    if (!Guard)
      std::this_thread::sleep_for(1s);
  }
  void triedByHand() {
    while (!M.try_lock())
      std::this_thread::sleep_for(1s);
    Fresh = true;
    M.unlock();
  }
  void adopted() {
    M.lock();
    {
      std::lock_guard Guard(M, std::adopt_lock);
      Fresh = true;
    }
    std::this_thread::sleep_for(1s);
  }
  // In a lambda that is called at once, and with a guard that is handed out.
  bool inLambda() {
    bool Now = [this] {
      std::lock_guard Guard(M);
      return Fresh;
    }();
    std::this_thread::sleep_for(1s);
    return Now;
  }
  std::unique_lock<std::mutex> lockAll() { return std::unique_lock(M); }
  void handedOut() {
    {
      auto Guard = lockAll();
      Fresh = true;
    }
    std::this_thread::sleep_for(1s);
  }

private:
  std::mutex M;
  bool Fresh = false;
};

// Condition variables give the lock back: by hand, by guard, timed.
class Queue {
public:
  int pop() {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return !Items.empty(); });
    int N = Items.front();
    Items.pop_front();
    return N;
  }
  bool popFor(int &N) {
    std::unique_lock Guard(M);
    while (Items.empty())
      if (Cv.wait_for(Guard, 1s) == std::cv_status::timeout)
        return false;
    N = Items.front();
    return true;
  }
  void push(int N) {
    std::lock_guard Guard(M);
    Items.push_back(N);
    Cv.notify_one();
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  std::deque<int> Items;
};

// Operations that do not block: tries, a default, room that is known, a poll
// that only looks.
struct Mailbox {
  std::mutex M;
  go::Chan<int> Letters{8};
  go::Chan<bool> Stop{0};
  int Dropped = 0;
  void post(int N) {
    std::lock_guard Guard(M);
    if (!Letters.trySend(N))
      ++Dropped;
  }
  void postOne(int N) {
    std::lock_guard Guard(M);
    Letters.send(N);
    ++Dropped;
  }
  bool stopped() {
    std::lock_guard Guard(M);
    return go::select(go::recv(Stop), go::otherwise) == 0;
  }
  bool ready(pollfd *Fd) {
    std::lock_guard Guard(M);
    return poll(Fd, 1, 0) > 0;
  }
  void close() {
    std::lock_guard Guard(M);
    Stop.close();
  }
};

// The lock makes callers wait for their turn at the wait itself.
class Printer {
public:
  void print() {
    std::lock_guard Turn(M);
    std::this_thread::sleep_for(10ms);
  }
  void feed() {
    std::lock_guard Turn(M);
    std::this_thread::sleep_for(20ms);
  }

private:
  std::mutex M;
};

// The pool waits for its workers after it has let go.
class Pool {
public:
  void stop() {
    {
      std::lock_guard Guard(M);
      Stopped = true;
    }
    Cv.notify_all();
    for (std::thread &T : Workers)
      T.join();
  }
  void submit(int N) {
    std::lock_guard Guard(M);
    Jobs.push_back(N);
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  std::deque<int> Jobs;
  std::vector<std::thread> Workers;
  bool Stopped = false;
};

// The result is fetched first, then stored under the lock.
struct Cache {
  std::shared_mutex M;
  int Value = 0;
  void fill(std::future<int> Result) {
    int Now = Result.get();
    std::unique_lock Guard(M);
    Value = Now;
  }
  int value() {
    std::shared_lock Guard(M);
    return Value;
  }
};

// A gate that is closed on purpose: those who come by only pass it.
class Gate {
public:
  void pause() {
    std::lock_guard Closed(M);
    std::this_thread::sleep_for(1s);
  }
  void pass() {
    M.lock();
    M.unlock();
  }

private:
  std::mutex M;
};

// A condition of one's own, which knows the lock by another name.
class Condition {
public:
  explicit Condition(std::mutex *M) : M(M) {}
  void wait() {
    std::unique_lock Guard(*M, std::adopt_lock);
    Cv.wait(Guard);
    Guard.release();
  }

private:
  std::mutex *M;
  std::condition_variable Cv;
};
class Database {
public:
  Database() : Done(&M) {}
  void finish() {
    std::lock_guard Guard(M);
    while (Busy)
      Done.wait();
  }
  void work() {
    std::lock_guard Guard(M);
    Busy = false;
  }

private:
  std::mutex M;
  Condition Done;
  bool Busy = false;
};

// What another strand does does not happen under this one's lock.
struct Spawner {
  std::mutex M;
  int Started = 0;
  void start() {
    std::lock_guard Guard(M);
    ++Started;
    go::spawn([] { go::sleep(1s); });
  }
  int started() {
    std::lock_guard Guard(M);
    return Started;
  }
};
