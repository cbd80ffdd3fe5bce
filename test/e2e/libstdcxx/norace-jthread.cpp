// libstdc++: what is written before request_stop is seen by the stop callback
// and after stop_requested; the destructor joins.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  long Rounds = 0, Reason = 0, Heard = 0, Called = 0;
  {
    std::mutex Lock;
    std::condition_variable_any Wake;
    std::jthread Poller([&](std::stop_token Stop) {
      while (!Stop.stop_requested())
        std::this_thread::yield();
      Rounds += Reason;
    });
    std::jthread Sleeper([&](std::stop_token Stop) {
      std::stop_callback OnStop(Stop, [&] { Called += 1; });
      std::unique_lock<std::mutex> Hold(Lock);
      Wake.wait(Hold, Stop, [] { return false; });
      Heard += 1;
    });
    Reason = 5;
    Poller.request_stop();
    Sleeper.request_stop();
  }
  return Rounds == 5 && Heard == 1 && Called == 1 ? 0 : 3;
}
