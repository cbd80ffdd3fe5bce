// Two producers and two consumers over a bounded queue with a mutex and two
// condition variables; each item is a block from the heap.
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

constexpr int kPairs = 2, kItems = 60'000, kCapacity = 64;

struct Item {
  int Number;
  uint64_t Data[7];
};

class Queue {
public:
  void push(std::unique_ptr<Item> I) {
    std::unique_lock Lock(M);
    NotFull.wait(Lock, [&] { return Items.size() < kCapacity; });
    Items.push_back(std::move(I));
    NotEmpty.notify_one();
  }
  std::unique_ptr<Item> pop() {
    std::unique_lock Lock(M);
    NotEmpty.wait(Lock, [&] { return !Items.empty(); });
    std::unique_ptr<Item> I = std::move(Items.front());
    Items.pop_front();
    NotFull.notify_one();
    return I;
  }

private:
  std::mutex M;
  std::condition_variable NotFull, NotEmpty;
  std::deque<std::unique_ptr<Item>> Items;
};

int main() {
  Queue Q;
  uint64_t Sums[kPairs] = {};
  std::vector<std::thread> Threads;
  for (int P = 0; P < kPairs; ++P) {
    Threads.emplace_back([&Q] {
      for (int I = 0; I < kItems; ++I) {
        auto New = std::make_unique<Item>();
        New->Number = I;
        for (int J = 0; J < 7; ++J)
          New->Data[J] = static_cast<uint64_t>(I) * J;
        Q.push(std::move(New));
      }
    });
    Threads.emplace_back([&Q, &Sums, P] {
      for (int I = 0; I < kItems; ++I) {
        auto Old = Q.pop();
        for (uint64_t X : Old->Data)
          Sums[P] += X ^ static_cast<uint64_t>(Old->Number % 3);
      }
    });
  }
  for (std::thread &T : Threads)
    T.join();
  std::printf("queue %llu\n",
              static_cast<unsigned long long>(Sums[0] + Sums[1]));
}
