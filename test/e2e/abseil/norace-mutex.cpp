// Abseil: a bounded queue on absl::Mutex with conditions, and readers under
// ReaderMutexLock.
// ThreadSanitizer 19: 33 false races, in 5 of 5 runs.
// REQUIRES: absl
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -labsl_synchronization
// RUN: %t
#include <absl/synchronization/mutex.h>

#include <deque>
#include <memory>
#include <thread>
#include <vector>

class Queue {
public:
  void push(std::unique_ptr<int> Item) {
    absl::MutexLock Hold(&Guard, absl::Condition(this, &Queue::hasRoom));
    Items.push_back(std::move(Item));
  }
  std::unique_ptr<int> pop() {
    Guard.LockWhen(absl::Condition(this, &Queue::hasItem));
    std::unique_ptr<int> Item = std::move(Items.front());
    Items.pop_front();
    Guard.Unlock();
    return Item;
  }
  size_t size() const {
    absl::ReaderMutexLock Hold(&Guard);
    return Items.size();
  }

private:
  bool hasRoom() const { return Items.size() < 4; }
  bool hasItem() const { return !Items.empty(); }
  mutable absl::Mutex Guard;
  std::deque<std::unique_ptr<int>> Items;
};

int main() {
  Queue Work;
  std::vector<std::thread> Producers;
  for (int P = 0; P < 3; ++P)
    Producers.emplace_back([&] {
      for (int I = 0; I < 200; ++I)
        Work.push(std::make_unique<int>(I));
    });
  long Sum = 0;
  for (int I = 0; I < 600; ++I)
    Sum += *Work.pop();
  for (std::thread &Producer : Producers)
    Producer.join();
  return Sum == 3 * 199 * 100 && Work.size() == 0 ? 0 : 3;
}
