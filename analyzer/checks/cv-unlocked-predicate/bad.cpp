// Changes of what a wait tests, without its lock.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
public:
  void push(int N) {
    {
      std::lock_guard Guard(M);
      Items.push_back(N);
    }
    Cv.notify_one();
  }
  int pop() {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return Stopped || !Items.empty(); });
    return Stopped ? 0 : Items.front();
  }
  void stop() {
    Stopped = true; // bug: cv-unlocked-predicate
    Cv.notify_all();
  }

private:
  std::mutex M;
  std::condition_variable Cv;
  std::deque<int> Items;
  std::atomic<bool> Stopped{false};
};

void local() {
  std::mutex M;
  std::condition_variable Cv;
  std::atomic<bool> Ready{false};
  std::thread T([&] {
    Ready = true; // bug: cv-unlocked-predicate
    Cv.notify_one();
  });
  {
    std::unique_lock Guard(M);
    while (!Ready)
      Cv.wait(Guard);
  }
  T.join();
}
