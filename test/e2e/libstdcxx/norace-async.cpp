// libstdc++: async, promise, packaged_task and shared_future hand results and
// an exception from thread to thread.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <future>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

int main() {
  std::vector<int> Input(1000, 1);
  auto Half = [&](size_t From, size_t To) {
    return std::accumulate(Input.begin() + From, Input.begin() + To, 0);
  };
  std::future<int> Left = std::async(std::launch::async, Half, 0, 500);
  std::future<int> Right = std::async(std::launch::deferred, Half, 500, 1000);
  int Sum = Left.get() + Right.get();

  int Side = 0;
  std::promise<std::vector<int>> Promise;
  std::shared_future<std::vector<int>> Shared = Promise.get_future().share();
  std::vector<std::thread> Readers;
  std::vector<int> Sizes(3);
  for (int I = 0; I < 3; ++I)
    Readers.emplace_back([&, I, Shared] {
      Sizes[I] = static_cast<int>(Shared.get().size()) + Side;
    });
  std::thread Writer([&] {
    Side = 7;
    Promise.set_value(std::vector<int>(5));
  });

  std::packaged_task<int()> Failing(
      []() -> int { throw std::runtime_error("no"); });
  std::future<int> Failure = Failing.get_future();
  std::thread Runner(std::move(Failing));
  bool Thrown = false;
  try {
    Failure.get();
  } catch (const std::runtime_error &) {
    Thrown = true;
  }
  for (std::thread &Reader : Readers)
    Reader.join();
  Writer.join();
  Runner.join();
  return Sum == 1000 && Thrown && Sizes == std::vector<int>{12, 12, 12} ? 0
                                                                        : 3;
}
