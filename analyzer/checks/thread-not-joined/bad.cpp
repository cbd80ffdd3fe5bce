// Threads whose destructor ends the program.
#include <stdexcept>
#include <thread>
#include <vector>

void work();
bool ready();

void never() {
  std::thread T(work); // bug: thread-not-joined
  ready();
}

void earlyReturn() {
  std::thread T(work); // bug: thread-not-joined
  if (!ready())
    return;
  T.join();
}

// The program ends before the thread outlives what it refers to.
void refers() {
  int N = 3;
  std::thread T([&] { N = 4; }); // bug: thread-not-joined
  if (!ready())
    return;
  T.join();
}

void thrown() {
  std::thread T([] { work(); }); // bug: thread-not-joined
  if (!ready())
    throw std::runtime_error("not ready");
  T.join();
}

void unnamed() {
  std::thread{work}; // bug: thread-not-joined
}

void inLoop() {
  for (int I = 0; I < 3; ++I)
    std::thread T(work); // bug: thread-not-joined
}

void container(int N) {
  std::vector<std::thread> Threads;
  for (int I = 0; I < N; ++I)
    Threads.emplace_back(work); // bug: thread-not-joined
}

int secondOne() {
  std::thread A(work);
  std::thread B(work); // bug: thread-not-joined
  A.join();
  return 0;
}
