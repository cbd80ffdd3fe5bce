// Futures that are kept.
#include <future>
#include <thread>
#include <vector>

int work(int);

int two() {
  auto A = std::async(std::launch::async, work, 1);
  auto B = std::async(std::launch::async, work, 2);
  return A.get() + B.get();
}

int atOnce() { return std::async(work, 3).get(); }

std::future<int> given() { return std::async(work, 4); }

void kept(std::vector<std::future<int>> &Futures) {
  Futures.push_back(std::async(work, 5));
  Futures.emplace_back(std::async(work, 6));
}

// Waits, and says so.
void meant() { (void)std::async(work, 7); }

void wait() { std::async(work, 8).wait(); }

void detached() { std::jthread(work, 9).detach(); }
