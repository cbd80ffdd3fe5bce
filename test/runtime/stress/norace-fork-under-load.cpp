// 200 forks while four threads lock, allocate and start threads of their own;
// each child does the same once and ends.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include <memory>
#include <mutex>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

static std::mutex Guard;
static std::atomic<bool> Stop;
static std::vector<std::unique_ptr<int>> Shared;

static void once() {
  std::unique_lock Hold(Guard);
  Shared.push_back(std::make_unique<int>(1));
  if (Shared.size() > 100)
    Shared.clear();
  Hold.unlock();
  std::thread([] { std::make_unique<int>(2); }).join();
}

int main(int, char **Arguments) {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([] {
      while (!Stop)
        once();
    });
  int Bad = 0;
  for (int I = 0; I < scaled(Arguments, 200); ++I) {
    Guard.lock(); // a child inherits it from the thread that forks
    pid_t Child = fork();
    Guard.unlock();
    if (Child == 0) {
      once();
      _exit(0);
    }
    int Status;
    waitpid(Child, &Status, 0);
    Bad += Status != 0;
  }
  Stop = true;
  for (std::thread &T : Threads)
    T.join();
  return Bad ? 3 : 0;
}
