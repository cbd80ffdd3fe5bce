// Tests whose answer is out of date when it is acted on.
#include <go/go.h>

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

// The lock is given back between the test and the act.
class Stock {
public:
  bool sell() {
    M.lock();
    bool Left = Count > 0;
    M.unlock();
    if (!Left)
      return false;
    M.lock();
    --Count; // bug: race-check-then-act
    M.unlock();
    return true;
  }
  void refill() {
    std::lock_guard Guard(M);
    Count += 10;
  }

private:
  std::mutex M;
  int Count = 0;
};

// Through methods that each take the lock.
class Queue {
public:
  bool isEmpty() const {
    std::lock_guard Guard(M);
    return Items.empty();
  }
  int pop() {
    std::lock_guard Guard(M);
    int N = Items.front();
    Items.pop_front(); // bug: race-check-then-act
    return N;
  }
  void push(int N) {
    std::lock_guard Guard(M);
    Items.push_back(N);
  }
  int popOr(int Otherwise) { return isEmpty() ? Otherwise : pop(); }

private:
  mutable std::mutex M;
  std::deque<int> Items;
};

// The answer of a helper is kept in a variable.
class Cache {
public:
  int get(const std::string &Name) {
    int Found = find(Name);
    if (Found < 0) {
      Found = int(Name.size());
      store(Name, Found);
    }
    return Found;
  }

private:
  int find(const std::string &Name) {
    std::lock_guard Guard(M);
    auto It = Values.find(Name);
    return It == Values.end() ? -1 : It->second;
  }
  void store(const std::string &Name, int N) {
    std::lock_guard Guard(M);
    Values[Name] = N; // bug: race-check-then-act
  }
  std::mutex M;
  std::map<std::string, int> Values;
};

// Out of the block of the guard, into another.
go::Mutex Table;
std::vector<int> Free;

int take() {
  {
    std::lock_guard Guard(Table);
    if (Free.empty())
      return -1;
  }
  std::lock_guard Guard(Table);
  int N = Free.back();
  Free.pop_back(); // bug: race-check-then-act
  return N;
}

// The guard lets go for a moment.
class Budget {
public:
  bool spend(int N) {
    std::unique_lock Guard(M);
    if (Left < N)
      return false;
    Guard.unlock();
    Guard.lock();
    Left -= N; // bug: race-check-then-act
    return true;
  }

private:
  std::mutex M;
  int Left = 100;
};
