// What the kernel says about the other threads: asleep or not, and since when.
#include "platform/Process.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace heddle;

namespace {

// Returns when all others sleep.
uint64_t waitForSleep() {
  uint64_t Fingerprint;
  while (!othersSleep(Fingerprint))
    std::this_thread::yield();
  return Fingerprint;
}

TEST(SleepTest, NobodyElseIsAsleep) {
  uint64_t Fingerprint = 1;
  EXPECT_TRUE(othersSleep(Fingerprint));
  EXPECT_EQ(Fingerprint, 0u);
}

TEST(SleepTest, ARunningThreadDoesNotSleep) {
  std::atomic<bool> Runs{false}, Stop{false};
  std::thread T([&] {
    Runs = true;
    while (!Stop)
      ;
  });
  while (!Runs)
    ;
  uint64_t Fingerprint;
  EXPECT_FALSE(othersSleep(Fingerprint));
  Stop = true;
  T.join();
}

TEST(SleepTest, AThreadThatWasAwakeBetweenIsNoticed) {
  std::mutex First, Second;
  First.lock();
  Second.lock();
  std::atomic<bool> Woken{false};
  std::thread T([&] {
    std::lock_guard<std::mutex> A(First);
    Woken = true;
    std::lock_guard<std::mutex> B(Second);
  });
  uint64_t Before = waitForSleep(), Same;
  // The thread may not have reached the mutex when it slept for the first time.
  while (!othersSleep(Same) || Same != Before)
    Before = waitForSleep();
  First.unlock();
  while (!Woken)
    std::this_thread::yield();
  EXPECT_NE(waitForSleep(), Before);
  Second.unlock();
  T.join();
}

} // namespace
