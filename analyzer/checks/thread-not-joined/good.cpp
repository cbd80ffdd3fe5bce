// Threads that are joined, detached or given away.
#include <go/go.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
void keep(std::thread T);
void look(std::thread &T);

void joined() {
  std::thread T(work);
  T.join();
}

void detached() { std::thread(work).detach(); }

void joinable() {
  std::thread T;
  if (ready())
    T = std::thread(work);
  if (T.joinable())
    T.join();
}

void joinableAtEnd() {
  std::thread T(work);
  ready();
  if (T.joinable())
    T.join();
}

void eitherWay() {
  std::thread T(work);
  if (ready())
    T.join();
  else
    T.detach();
}

std::thread returned() {
  std::thread T(work);
  return T;
}

std::thread made() { return std::thread(work); }

void moved() {
  std::thread T(work);
  keep(std::move(T));
}

void given() {
  std::thread T(work);
  look(T);
}

void kept(std::vector<std::thread> &Threads) {
  std::thread T(work);
  Threads.push_back(std::move(T));
}

void container(int N) {
  std::vector<std::thread> Threads;
  for (int I = 0; I < N; ++I)
    Threads.emplace_back(work);
  for (std::thread &T : Threads)
    T.join();
}

void iterators(int N) {
  std::vector<std::thread> Threads;
  for (int I = 0; I < N; ++I)
    Threads.push_back(std::thread(work));
  for (auto It = Threads.begin(); It != Threads.end(); ++It)
    It->join();
}

void array() {
  std::thread Threads[4];
  for (std::thread &T : Threads)
    T = std::thread(work);
  for (std::thread &T : Threads)
    T.join();
}

void byIndex(int N) {
  std::vector<std::thread> Threads(N);
  for (int I = 0; I < N; ++I)
    Threads[I] = std::thread(work);
  for (int I = 0; I < N; ++I)
    Threads[I].join();
}

struct Joiner {
  std::thread &T;
  ~Joiner() { T.join(); }
};
void joinedByGuard() {
  std::thread T(work);
  Joiner J{T};
  if (!ready())
    throw std::runtime_error("not ready");
}

void deferred() {
  std::thread T(work);
  go::Defer Join([&] { T.join(); });
  if (!ready())
    return;
  work();
}

void jthread() {
  std::jthread T(work);
  ready();
}

struct Pool {
  std::vector<std::thread> Threads;
  explicit Pool(int N) {
    for (int I = 0; I < N; ++I)
      Threads.emplace_back(work);
  }
  ~Pool() {
    for (std::thread &T : Threads)
      T.join();
  }
};

struct Server {
  std::thread T;
  void start() { T = std::thread(work); }
  void stop() {
    if (T.joinable())
      T.join();
  }
};

void inLambda() {
  std::thread T(work);
  auto Stop = [&] { T.join(); };
  ready();
  Stop();
}

void caught() {
  std::thread T(work);
  try {
    if (!ready())
      throw std::runtime_error("not ready");
  } catch (...) {
    T.join();
    throw;
  }
  T.join();
}

void shared() {
  auto T = std::make_shared<std::thread>(work);
  T->join();
}
