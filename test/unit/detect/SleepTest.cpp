// What the kernel says about the other threads: asleep or not, and since when.
#include "platform/Process.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace heddle;

namespace {

bool operator==(const Sleepers &A, const Sleepers &B) {
  return A.Count == B.Count && A.Fingerprint == B.Fingerprint;
}

// Returns when all others sleep.
Sleepers waitForSleep() {
  Sleepers Found;
  while (!othersSleep(Found))
    std::this_thread::yield();
  return Found;
}

TEST(SleepTest, NobodyElseIsAsleep) {
  Sleepers Found{1, 1};
  EXPECT_TRUE(othersSleep(Found));
  EXPECT_EQ(Found.Count, 0u);
  EXPECT_EQ(Found.Fingerprint, 0u);
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
  Sleepers Found;
  EXPECT_FALSE(othersSleep(Found));
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
  Sleepers Before = waitForSleep(), Same;
  EXPECT_EQ(Before.Count, 1u);
  // The thread may not have reached the mutex when it slept for the first time.
  while (!othersSleep(Same) || !(Same == Before))
    Before = waitForSleep();
  First.unlock();
  while (!Woken)
    std::this_thread::yield();
  EXPECT_FALSE(waitForSleep() == Before);
  Second.unlock();
  T.join();
}

} // namespace
