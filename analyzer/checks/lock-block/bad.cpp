// Waits that keep a lock from those who only want it for a moment.
#include <go/go.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <latch>
#include <mutex>
#include <poll.h>
#include <shared_mutex>
#include <string>
#include <thread>

// A poller sleeps between two looks, and readers wait with it.
class Weather {
public:
  void poll() {
    std::lock_guard Guard(M);
    for (int I = 0; I < 3 && !Fresh; ++I) {
      std::this_thread::sleep_for(std::chrono::seconds(1)); // bug: lock-block
      Fresh = fetch();
    }
  }
  bool isFresh() {
    std::lock_guard Guard(M);
    return Fresh;
  }

private:
  static bool fetch() { return true; }
  std::mutex M;
  bool Fresh = false;
};

// The receiver may be as slow as it likes.
class Log {
public:
  void write(int N) {
    M.lock();
    Lines.send(N); // bug: lock-block
    ++Written;
    M.unlock();
  }
  int written() {
    std::lock_guard Guard(M);
    return Written;
  }
  void print() {
    for (int N : Lines)
      std::printf("%d\n", N);
  }

private:
  go::Mutex M;
  go::Chan<int> Lines{0};
  int Written = 0;
};

void logging() {
  Log L;
  go::spawn([&L] { L.print(); });
  L.write(1);
}

// Through helper functions: the lock is taken in one, the wait is in another.
class Jobs {
public:
  void finish() {
    std::unique_lock Guard(M);
    drain();
  }
  void add(int N) {
    std::unique_lock Guard(M);
    Sum += N;
  }
  void done() { Left.count_down(); }

private:
  void drain() {
    Left.wait(); // bug: lock-block
    Sum = 0;
  }
  std::mutex M;
  std::latch Left{3};
  int Sum = 0;
};

std::mutex Table;
int Entries;

void compute(std::future<int> Result) {
  std::lock_guard Guard(Table);
  Entries = Result.get(); // bug: lock-block
}
int entries() {
  std::lock_guard Guard(Table);
  return Entries;
}

// A wait for a condition gives back its own lock, not the other one.
class Store {
public:
  int take() {
    std::lock_guard Outer(All);
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return Ready; }); // bug: lock-block
    return ++Taken;
  }
  void put() {
    std::lock_guard Guard(M);
    Ready = true;
    Cv.notify_one();
  }
  int taken() {
    std::lock_guard Outer(All);
    return Taken;
  }

private:
  std::mutex All, M;
  std::condition_variable Cv;
  bool Ready = false;
  int Taken = 0;
};

// Readers that wait keep the writers out.
class Routes {
public:
  void refresh(pollfd *Fd) {
    std::shared_lock Guard(M);
    if (poll(Fd, 1, -1) > 0 && Size > 0) // bug: lock-block
      std::system("refresh-routes");     // bug: lock-block
  }
  void clear() {
    std::unique_lock Guard(M);
    Size = 0;
  }

private:
  std::shared_mutex M;
  int Size = 0;
};

struct Server {
  std::mutex M;
  std::thread Worker;
  int Clients = 0;
  void restart() {
    std::scoped_lock Guard(M);
    Worker.join(); // bug: lock-block
    Clients = 0;
  }
  void connect() {
    std::scoped_lock Guard(M);
    ++Clients;
  }
};

// Whoever answers, nobody else gets in until then.
struct Client {
  go::Mutex M;
  go::Chan<int> Replies{4}, Stop{0};
  int Asked = 0;
  int ask() {
    std::lock_guard Guard(M);
    int Answer = 0;
    switch (go::select(go::recv(Replies, Answer), // bug: lock-block
                       go::recv(Stop))) {
    case 0:
      return Answer;
    default:
      return -1;
    }
  }
  int asked() {
    std::lock_guard Guard(M);
    return Asked;
  }
};
