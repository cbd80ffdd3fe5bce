// Futures whose destructor waits at once.
#include <future>
#include <thread>

void work(int);

void two() {
  std::async(std::launch::async, work, 1); // bug: async-discarded
  std::async(std::launch::async, work, 2); // bug: async-discarded
}

void lambda() {
  std::async([] { work(3); }); // bug: async-discarded
}

void loop(int N) {
  for (int I = 0; I < N; ++I)
    std::async(std::launch::async, work, I); // bug: async-discarded
}

void thread() {
  std::jthread(work, 4); // bug: async-discarded
}
