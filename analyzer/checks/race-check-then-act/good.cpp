// Tests and acts in one section, or tests that are made again.
#include <go/go.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>

class Stock {
public:
  bool sell() {
    std::lock_guard Guard(M);
    if (Count == 0)
      return false;
    --Count;
    return true;
  }
  // Tested again.
  bool sellLater() {
    {
      std::lock_guard Guard(M);
      if (Count == 0)
        return false;
    }
    order();
    std::lock_guard Guard(M);
    if (Count == 0)
      return false;
    --Count;
    return true;
  }
  // What is changed does not depend on what was tested.
  void refill() {
    bool Low;
    {
      std::lock_guard Guard(M);
      Low = Count < 3;
    }
    if (Low)
      order();
    std::lock_guard Guard(M);
    Count += 1;
  }

private:
  void order() {}
  std::mutex M;
  int Count = 0;
};

// The operation looks itself what is there.
class Names {
public:
  bool has(const std::string &Name) {
    std::lock_guard Guard(M);
    return Known.count(Name) != 0;
  }
  void add(const std::string &Name, int N) {
    if (has(Name))
      return;
    std::lock_guard Guard(M);
    Known.try_emplace(Name, N);
  }
  void drop(const std::string &Name) {
    if (!has(Name))
      return;
    std::lock_guard Guard(M);
    Known.erase(Name);
  }

private:
  std::mutex M;
  std::map<std::string, int> Known;
};

// A wait for the right moment is a test.
class Queue {
public:
  int pop() {
    {
      std::lock_guard Guard(M);
      if (Closed)
        return -1;
    }
    std::unique_lock Guard(M);
    NotEmpty.wait(Guard, [this] { return !Items.empty(); });
    int N = Items.front();
    Items.pop_front();
    return N;
  }
  // One call that tests and acts.
  bool tryPop(int &N) {
    std::lock_guard Guard(M);
    if (Items.empty())
      return false;
    N = Items.front();
    Items.pop_front();
    return true;
  }
  void push(int N) {
    std::lock_guard Guard(M);
    Items.push_back(N);
    NotEmpty.notify_one();
  }
  void rotate() {
    int N;
    if (tryPop(N))
      push(N);
  }

private:
  std::mutex M;
  std::condition_variable NotEmpty;
  std::deque<int> Items;
  bool Closed = false;
};

// The section goes on through a helper, and through a recursive lock.
class Account {
public:
  bool withdraw(int N) {
    std::lock_guard Guard(M);
    if (!has(N))
      return false;
    take(N);
    return true;
  }

private:
  bool has(int N) {
    std::lock_guard Guard(M);
    return Balance >= N;
  }
  void take(int N) {
    std::lock_guard Guard(M);
    Balance -= N;
  }
  std::recursive_mutex M;
  int Balance = 0;
};

// Each round of a loop is a new section.
class Pump {
public:
  void run() {
    for (;;) {
      std::unique_lock Guard(M);
      if (Left == 0)
        return;
      --Left;
      Guard.unlock();
      work();
    }
  }

private:
  void work() {}
  std::mutex M;
  int Left = 10;
};
