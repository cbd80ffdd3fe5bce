// Abseil: a result announced by a Notification, read by waiters that block,
// poll and time out; parts gathered by a BlockingCounter.
// ThreadSanitizer 19: 2 false races, in 5 of 5 runs.
// REQUIRES: absl
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -labsl_synchronization
// RUN: %t
#include <absl/synchronization/blocking_counter.h>
#include <absl/synchronization/notification.h>

#include <thread>
#include <vector>

int main() {
  absl::Notification Ready;
  std::vector<int> Parts(4);
  absl::BlockingCounter Left(4);
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([&, I] {
      Parts[I] = I + 1;
      Left.DecrementCount();
    });
  int Sum = 0;
  Threads.emplace_back([&] {
    Left.Wait();
    for (int Part : Parts)
      Sum += Part;
    Ready.Notify();
  });
  std::vector<int> Seen(3);
  Threads.emplace_back([&] {
    Ready.WaitForNotification();
    Seen[0] = Sum;
  });
  Threads.emplace_back([&] {
    while (!Ready.HasBeenNotified())
      std::this_thread::yield();
    Seen[1] = Sum;
  });
  Threads.emplace_back([&] {
    if (Ready.WaitForNotificationWithTimeout(absl::Seconds(60)))
      Seen[2] = Sum;
  });
  for (std::thread &Thread : Threads)
    Thread.join();
  return Seen == std::vector<int>{10, 10, 10} ? 0 : 3;
}
