// Waits that hold what the other side needs.
#include <go/go.h>

#include <mutex>
#include <thread>

struct Status {
  std::mutex M;
  go::Chan<int> Changes{0};
  int Last = 0;
  void set(int N) {
    std::lock_guard Guard(M);
    Changes.send(N); // bug: lock-wait-cycle
  }
  void store(int N) {
    std::lock_guard Guard(M);
    Last = N;
  }
};

// The consumer takes the lock between two receives.
void consumer() {
  Status S;
  go::WaitGroup Wg;
  Wg.go([&] {
    for (int N : S.Changes)
      S.store(N);
  });
  for (int I = 0; I < 3; ++I)
    S.set(I);
  S.Changes.close();
  Wg.wait();
}

// The workers need the lock before they are done.
void workers(std::mutex &M, int &Sum) {
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([&] {
      std::lock_guard Guard(M);
      ++Sum;
    });
  std::lock_guard Guard(M);
  Wg.wait(); // bug: lock-wait-cycle
}

void thread(std::mutex &M, int &Sum) {
  std::thread Worker([&] {
    M.lock();
    ++Sum;
    M.unlock();
  });
  M.lock();
  Worker.join(); // bug: lock-wait-cycle
  M.unlock();
}

// Who would close the channel waits for one that needs the lock.
void chain(std::mutex &M, int &Sum) {
  auto First = go::makeChan<int>();
  auto Second = go::makeChan<int>();
  go::spawn([&M, &Sum, First] {
    {
      std::lock_guard Guard(M);
      ++Sum;
    }
    First.close();
  });
  go::spawn([First, Second] {
    First.recv();
    Second.close();
  });
  std::lock_guard Guard(M);
  Second.recv(); // bug: lock-wait-cycle
}
