// Variables that only one strand uses at a time.
#include <go/go.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

int Total;
std::mutex M;

int joined() {
  int N = 0;
  std::thread T([&] { N = 1; });
  T.join();
  return N;
}

void before() {
  int N = 0;
  ++N;
  std::thread T([&] { ++N; });
  T.join();
  ++N;
}

void locked() {
  std::thread T([] {
    std::lock_guard Guard(M);
    ++Total;
  });
  {
    std::lock_guard Guard(M);
    ++Total;
  }
  T.join();
}

void atomic() {
  std::atomic<int> N = 0;
  std::thread T([&] { ++N; });
  ++N;
  T.join();
}

void byValue() {
  int N = 0;
  std::thread T([N]() mutable { ++N; });
  ++N;
  T.join();
}

int future() {
  int N = 0;
  auto F = std::async(std::launch::async, [&] { N = 2; });
  F.wait();
  return N;
}

void slots() {
  int Results[4] = {};
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([&Results, I] { Results[I] = I; });
  for (std::thread &T : Threads)
    T.join();
}

int channel() {
  int N = 0;
  auto Done = go::makeChan<int>();
  go::spawn([&, Done] {
    N = 1;
    Done.send(1);
  });
  Done.recv();
  return N;
}

int waitGroup() {
  int N = 0;
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    N = 1;
    Group.done();
  });
  Group.wait();
  return N;
}

int handOver(std::condition_variable &Cv) {
  int N = 0;
  bool Ready = false;
  std::thread T([&] {
    N = 1;
    std::lock_guard Guard(M);
    Ready = true;
    Cv.notify_one();
  });
  {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [&] { return Ready; });
  }
  int Copy = N;
  T.join();
  return Copy;
}

struct Account {
  std::mutex Lock;
  int Balance = 0;
};
Account Alice, Bob;
static void transfer(Account &From, Account &To) {
  bool First = &From < &To;
  std::lock_guard A(First ? From.Lock : To.Lock);
  std::lock_guard B(First ? To.Lock : From.Lock);
  --From.Balance;
  ++To.Balance;
}
void inOrder() {
  std::thread T([] { transfer(Alice, Bob); });
  transfer(Bob, Alice);
  T.join();
}

// The read side of a lock as a lock of its own.
struct ReadView {
  go::RWMutex &Rw;
  void lock() { Rw.lock_shared(); }
  void unlock() { Rw.unlock_shared(); }
};
void view() {
  go::RWMutex Rw;
  ReadView View{Rw};
  int N = 0;
  std::thread T([&] {
    std::lock_guard Guard(Rw);
    N = 1;
  });
  {
    std::lock_guard Guard(View);
    Total = N;
  }
  T.join();
}

void onlyReads() {
  int N = 3;
  std::thread T([&] { Total = N; });
  int Copy = N;
  (void)Copy;
  T.join();
}

void perTask() {
  go::WaitGroup Group;
  for (int I = 0; I < 4; ++I)
    Group.go([] {
      int N = 0;
      auto Add = [&] { ++N; };
      Add();
    });
  Group.wait();
}

thread_local int Mine;
void perThread() {
  std::thread T([] { ++Mine; });
  ++Mine;
  T.join();
}

int once() {
  static int N = [] { return 3; }();
  std::thread T([] { Total = N; });
  T.join();
  return N;
}

// The wait group that the next task uses again has waited for the task that
// stopped the worker.
struct Worker {
  go::Chan<int> Stop{0};
  go::Chan<int> Stopped{0};
  int run() {
    int Sum = 0;
    for (int I = 0; I < 10; ++I) {
      Sum += Total;
      if (go::select(go::recv(Stop), go::otherwise) == 0)
        break;
    }
    Stopped.close();
    return Sum;
  }
};

std::shared_ptr<Worker> startWorker() {
  auto W = std::make_shared<Worker>();
  go::spawn([=] { W->run(); });
  return W;
}

void startAndStop() {
  auto W = startWorker();
  W->Stop.close();
  W->Stopped.recv();
}

void oneAfterTheOther() {
  go::WaitGroup Group;
  Group.go(startAndStop);
  Group.wait();
  Group.go([] { Total = 4; });
  Group.wait();
}
