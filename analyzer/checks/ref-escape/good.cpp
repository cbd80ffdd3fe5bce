// Tasks that end first, or have what they need.
#include <go/go.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void work(int);
void work(const std::string &);
struct Latch {
  void down();
  void wait();
};

void joined() {
  int N = 3;
  std::thread T([&] { work(N); });
  T.join();
}

void jthread() {
  int N = 3;
  std::jthread T([&] { work(N); });
}

void future() {
  int N = 3;
  auto F = std::async(std::launch::async, [&] { work(N); });
  F.wait();
}

void futureAtEnd() {
  int N = 3;
  auto F = std::async(std::launch::async, [&] { work(N); });
}

void byValue() {
  int N = 3;
  go::spawn([N] { work(N); });
}

void moved() {
  std::string Name = "x";
  go::spawn([Name = std::move(Name)] { work(Name); });
}

void shared() {
  auto Name = std::make_shared<std::string>("x");
  go::spawn([Name] { work(*Name); });
}

void group() {
  int N = 3;
  go::WaitGroup Group;
  Group.go([&] { work(N); });
  Group.wait();
}

void channel() {
  int N = 3;
  auto Done = go::makeChan<int>(1);
  go::spawn([&, Done] {
    work(N);
    Done.send(1);
  });
  Done.recv();
}

void references(int &N) {
  go::spawn([&N] { work(N); });
}

static int Global;
void globals() {
  go::spawn([&] { work(Global); });
  static int Kept;
  go::spawn([&] { work(Kept); });
}

// A type that is not known waits.
void latch() {
  int N = 3;
  Latch L;
  go::spawn([&] {
    work(N);
    L.down();
  });
  L.wait();
}

void container() {
  int N = 3;
  std::vector<std::thread> Threads;
  for (int I = 0; I < 3; ++I)
    Threads.emplace_back([&] { work(N); });
  for (std::thread &T : Threads)
    T.join();
}

struct Server {
  std::thread T;
  int Port = 0;
  void start() {
    T = std::thread([this] { work(Port); });
  }
  ~Server() { T.join(); }
};
void localServer() {
  Server S;
  S.start();
}

void loops() {
  for (int Round = 0; Round < 3; ++Round) {
    int N = Round;
    std::thread T([&] { work(N); });
    T.join();
  }
}

void arguments() {
  std::string Name = "x";
  std::thread T([](std::string S) { work(S); }, Name);
  T.detach();
}

// Each task has its own handle.
struct Receiver {
  virtual ~Receiver() = default;
  virtual void push(int) = 0;
};
void handles(const std::shared_ptr<Receiver> &One) {
  std::vector<std::shared_ptr<Receiver>> All;
  All.push_back(One);
  for (auto &R : All)
    go::spawn([R] { R->push(1); });
}

std::promise<int> *Later;
int promise() {
  std::promise<int> P;
  auto F = P.get_future();
  std::thread T([&P] { P.set_value(1); });
  T.detach();
  return F.get();
}
