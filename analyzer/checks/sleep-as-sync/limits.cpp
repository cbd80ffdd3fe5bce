// Sleeps in place of an order that are not found.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;

int compute();
void use(int);
void runFor(std::chrono::milliseconds); // sleeps

// The task waits for something first.
void answer() {
  std::atomic<int> Answer = 0;
  auto Questions = go::makeChan<int>(1);
  go::spawn([&, Questions] {
    Questions.recv();
    Answer = compute();
  });
  Questions.send(1);
  go::sleep(10ms); // missed: sleep-as-sync
  use(Answer);
}

// What sleeps is not seen.
void unseen() {
  std::atomic<int> Answer = 0;
  std::thread T([&] { Answer = compute(); });
  runFor(10ms); // missed: sleep-as-sync
  use(Answer);
  T.join();
}

// A task of a task.
void nested() {
  std::atomic<int> Answer = 0;
  std::thread T([&] {
    std::thread Inner([&] { Answer = compute(); });
    Inner.detach();
  });
  T.join();
  std::this_thread::sleep_for(10ms); // missed: sleep-as-sync
  use(Answer);
}
