// Members that most methods guard, and some do not.
#include <go/go.h>

#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>

// A method that forgot.
class Account {
public:
  void deposit(int N) {
    std::lock_guard Guard(M);
    Balance += N;
  }
  bool withdraw(int N) {
    std::lock_guard Guard(M);
    if (Balance < N)
      return false;
    Balance -= N;
    return true;
  }
  void close() {
    std::lock_guard Guard(M);
    Balance = 0;
  }
  int balance() const {
    return Balance; // bug: race-inconsistent-guard
  }

private:
  mutable std::mutex M;
  int Balance = 0;
};

// Locks by hand, and a write that comes after the unlock.
class Counters {
public:
  void hit() {
    M.lock();
    ++Hits;
    ++Total;
    M.unlock();
  }
  void miss() {
    M.lock();
    ++Misses;
    ++Total;
    M.unlock();
  }
  void reset() {
    M.lock();
    Hits = 0;
    Misses = 0;
    M.unlock();
    Total = 0; // bug: race-inconsistent-guard
  }
  int total() {
    std::lock_guard Guard(M);
    return Total;
  }

private:
  go::Mutex M;
  int Hits = 0, Misses = 0, Total = 0;
};

// Through helper functions: all but one caller of the helper hold the lock.
class Table {
public:
  void set(const std::string &Name, int N) {
    std::unique_lock Guard(M);
    put(Name, N);
  }
  void unset(const std::string &Name) {
    std::unique_lock Guard(M);
    Entries.erase(Name);
  }
  int get(const std::string &Name) {
    std::shared_lock Guard(M);
    auto Found = Entries.find(Name);
    return Found == Entries.end() ? 0 : Found->second;
  }
  void clear() {
    std::unique_lock Guard(M);
    Entries.clear();
  }
  bool isEmpty() {
    return none();
  }

private:
  void put(const std::string &Name, int N) { Entries[Name] = N; }
  bool none() const {
    return Entries.empty(); // bug: race-inconsistent-guard
  }
  std::shared_mutex M;
  std::map<std::string, int> Entries;
};

// A global with its own lock.
static std::mutex LogLock;
static std::deque<std::string> Lines;

void log(const std::string &Line) {
  std::lock_guard Guard(LogLock);
  Lines.push_back(Line);
}
void flush() {
  std::lock_guard Guard(LogLock);
  for (const std::string &Line : Lines)
    std::puts(Line.c_str());
  Lines.clear();
}
size_t pending() {
  return Lines.size(); // bug: race-inconsistent-guard
}

// A task that the object starts itself.
class Monitor {
public:
  void start() {
    Looker = std::jthread([this](std::stop_token) { look(); });
  }
  void set(int N) {
    std::lock_guard Guard(M);
    Level = N;
  }
  void add(int N) {
    std::lock_guard Guard(M);
    Level += N;
  }
  int level() {
    std::lock_guard Guard(M);
    return Level;
  }

private:
  void look() {
    for (;;)
      if (Level > 3) // bug: race-inconsistent-guard
        std::puts("high");
  }
  std::mutex M;
  int Level = 0;
  std::jthread Looker;
};
