// Changes under the lock, or followed by it.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
public:
  Queue() { Stopped = false; }
  void push(int N) {
    std::lock_guard Guard(M);
    Items.push_back(N);
    Cv.notify_one();
  }
  int pop() {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return Stopped || !Items.empty(); });
    return Stopped ? 0 : Items.front();
  }
  // A waiter that has tested before has gone to sleep when the lock is had.
  void stop() {
    Stopped = true;
    { std::lock_guard Guard(M); }
    Cv.notify_all();
  }
  void early() {
    std::unique_lock Guard(M);
    Items.clear();
    Guard.unlock();
    Cv.notify_all();
  }
  void addLocked(int N) { Items.push_back(N); }
  void add(int N) {
    std::lock_guard Guard(M);
    addLocked(N);
    Cv.notify_one();
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  std::deque<int> Items;
  std::atomic<bool> Stopped;
};

// The wait ends by itself: a lost notification is a delay.
class Ticker {
public:
  void run() {
    std::unique_lock Guard(M);
    while (!Stopped)
      Cv.wait_for(Guard, std::chrono::seconds(1));
  }
  void stop() {
    Stopped = true;
    Cv.notify_all();
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  std::atomic<bool> Stopped{false};
};

// The condition has a pointer to the lock, which has another name here.
class Condition {
public:
  explicit Condition(std::mutex *M) : M(M) {}
  void wait() {
    std::unique_lock Guard(*M, std::adopt_lock);
    Cv.wait(Guard);
    Guard.release();
  }
  void signal() { Cv.notify_all(); }

private:
  std::mutex *M;
  std::condition_variable Cv;
};
class Database {
public:
  Database() : Done(&M) {}
  void work() {
    std::lock_guard Guard(M);
    Busy = false;
    Done.signal();
  }
  void finish() {
    std::lock_guard Guard(M);
    while (Busy)
      Done.wait();
  }

private:
  std::mutex M;
  Condition Done;
  bool Busy = false;
};

// What is changed is not what is waited for.
class Counter {
public:
  void add() {
    ++Calls;
    {
      std::lock_guard Guard(M);
      Ready = true;
    }
    Cv.notify_one();
  }
  void wait() {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return Ready; });
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  bool Ready = false;
  std::atomic<int> Calls{0};
};
