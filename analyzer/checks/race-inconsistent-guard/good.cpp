// Members whose uses all hold the lock, or need none.
#include <go/go.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

// Guards of all kinds; lambdas; early ends; private helpers under the lock.
class Queue {
public:
  explicit Queue(size_t Room) : Room(Room) { Items.push_back(0); }
  ~Queue() { Items.clear(); }
  void push(int N) {
    std::unique_lock Guard(M, std::defer_lock);
    Guard.lock();
    NotFull.wait(Guard, [this] { return Items.size() < Room; });
    Items.push_back(N);
    Guard.unlock();
    NotEmpty.notify_one();
  }
  int pop() {
    std::unique_lock Guard(M);
    while (Items.empty())
      NotEmpty.wait(Guard);
    return take();
  }
  bool tryPop(int &N) {
    std::unique_lock Guard(M, std::try_to_lock);
    if (!Guard || Items.empty())
      return false;
    N = take();
    return true;
  }
  bool tryPopByHand(int &N) {
    if (!M.try_lock())
      return false;
    std::lock_guard Guard(M, std::adopt_lock);
    if (Items.empty())
      return false;
    N = take();
    return true;
  }
  void moveTo(Queue &Other) {
    std::scoped_lock Guard(M, Other.M);
    for (int N : Items)
      Other.Items.push_back(N);
    Items.clear();
  }
  size_t both(Queue &Other) {
    std::lock(M, Other.M);
    std::lock_guard First(M, std::adopt_lock);
    std::lock_guard Second(Other.M, std::adopt_lock);
    return Items.size() + Other.Items.size();
  }
  size_t size() const {
    return [this] {
      std::lock_guard Guard(M);
      return Items.size();
    }();
  }
  std::unique_lock<std::mutex> hold() { return std::unique_lock(M); }
  int first() {
    auto Guard = hold();
    return Items.front();
  }
  // The caller holds the lock, as the name says.
  int lastLocked() const { return Items.back(); }
  // Written only while it is made.
  size_t room() const { return Room; }

private:
  int take() {
    int N = Items.front();
    Items.pop_front();
    NotFull.notify_one();
    return N;
  }
  mutable std::mutex M;
  std::condition_variable NotEmpty, NotFull;
  std::deque<int> Items;
  size_t Room;
};

// Used before the workers start, and after they have been joined.
class Pool {
public:
  void start(int N) {
    Stopped = false;
    Done = 0;
    for (int I = 0; I < N; ++I)
      Workers.emplace_back([this] { work(); });
  }
  void stop() {
    {
      std::lock_guard Guard(M);
      Stopped = true;
    }
    for (std::thread &T : Workers)
      T.join();
    std::printf("%d\n", Done);
  }
  int done() {
    std::lock_guard Guard(M);
    return Done;
  }
  bool stopped() {
    std::lock_guard Guard(M);
    return Stopped;
  }

private:
  void work() {
    for (;;) {
      std::lock_guard Guard(M);
      if (Stopped)
        return;
      ++Done;
    }
  }
  std::mutex M;
  std::vector<std::thread> Workers;
  bool Stopped = false;
  int Done = 0;
};

// One task writes, and reads what it has written without the lock.
class Clock {
public:
  void run() {
    Ticker = std::jthread([this](std::stop_token Stop) {
      while (!Stop.stop_requested()) {
        if (Now > 1000)
          std::puts("late");
        std::lock_guard Guard(M);
        ++Now;
      }
    });
  }
  int now() {
    std::lock_guard Guard(M);
    return Now;
  }
  bool isPast(int Then) {
    std::lock_guard Guard(M);
    return Now > Then;
  }
  bool isAt(int Then) {
    std::lock_guard Guard(M);
    return Now == Then;
  }

private:
  std::mutex M;
  int Now = 0;
  std::jthread Ticker;
};

// The lock of the owner guards the parts; nobody else reaches them.
class Cache {
public:
  void put(int N) {
    std::lock_guard Guard(M);
    E.Value = N;
    E.Used = true;
  }
  int get() {
    std::lock_guard Guard(M);
    touch(E);
    return E.Value;
  }
  bool used() {
    std::lock_guard Guard(M);
    return E.Used;
  }
  void forget() {
    std::lock_guard Guard(M);
    E.Used = false;
  }

private:
  struct Entry {
    int Value = 0;
    bool Used = false;
  };
  static void touch(Entry &Of) { Of.Used = true; }
  std::mutex M;
  Entry E;
};

// Callers outside of the file may hold a lock that they can name.
struct Open {
  std::mutex M;
  int Value = 0;
};
void openSet(Open &O) {
  std::lock_guard Guard(O.M);
  O.Value = 3;
}
void openAdd(Open &O) {
  std::lock_guard Guard(O.M);
  ++O.Value;
}
int openGet(Open &O) {
  std::lock_guard Guard(O.M);
  return O.Value;
}
static int peek(Open &O) { return O.Value; }
int openPeek(Open &O) {
  std::lock_guard Guard(O.M);
  return peek(O);
}

// Called with a callable that runs under the lock.
class Box {
public:
  template <class F> void with(F Do) {
    std::lock_guard Guard(M);
    Do(*this);
  }
  void grow() {
    with([](Box &B) { ++B.Size; });
  }
  void shrink() {
    with([](Box &B) { --B.Size; });
  }
  void clear() {
    std::lock_guard Guard(M);
    Size = 0;
  }
  int size() {
    std::lock_guard Guard(M);
    return Size;
  }

private:
  std::mutex M;
  int Size = 0;
};

// Atomic, and a flag of one's own thread.
class Mixed {
public:
  void add() {
    std::lock_guard Guard(M);
    ++Adds;
    ++Sum;
  }
  void sub() {
    std::lock_guard Guard(M);
    ++Adds;
    --Sum;
  }
  int adds() const { return Adds.load(); }
  int sum() {
    std::lock_guard Guard(M);
    return Sum;
  }

private:
  std::mutex M;
  std::atomic<int> Adds{0};
  int Sum = 0;
};

// Declared to be the callers' matter.
class Declared {
public:
  void add() {
    std::lock_guard Guard(M);
    ++N;
  }
  void sub() {
    std::lock_guard Guard(M);
    --N;
  }
  int get() {
    std::lock_guard Guard(M);
    return N;
  }
  int raw() const __attribute__((no_thread_safety_analysis)) { return N; }

private:
  mutable std::mutex M;
  int N = 0;
};

// Made by a function whose name says so; and given to a second one that ends
// the section which the first has begun.
static std::mutex PageLock;
static int Pages, Written;
void initPages() { Pages = 0; }
int beginPage(int N) {
  PageLock.lock();
  Pages += N;
  if (Pages < 100)
    return 0;
  PageLock.unlock();
  return -1;
}
void endPage() {
  ++Written;
  --Pages;
  PageLock.unlock();
}
int pages() {
  std::lock_guard Guard(PageLock);
  return Pages + Written;
}
int bothPages() {
  std::lock_guard Guard(PageLock);
  return Pages - Written;
}
void clearPages() {
  std::lock_guard Guard(PageLock);
  Pages = Written = 0;
}

// A static function of a class.
class Meter {
public:
  static void hit() {
    std::lock_guard Guard(M);
    ++Hits;
  }
  static void miss() {
    std::lock_guard Guard(M);
    --Hits;
  }
  static int hits() {
    std::lock_guard Guard(M);
    return Hits;
  }

private:
  static inline std::mutex M;
  static inline int Hits = 0;
};

// The object is not shared yet, or no more.
class Node {
public:
  static Node make() {
    Node N;
    N.Links = 3;
    return N;
  }
  Node(Node &&Other) : Links(Other.Links) { Other.Links = 0; }
  Node &operator=(Node &&Other) {
    Links = Other.Links;
    return *this;
  }
  Node() = default;
  void link() {
    std::lock_guard Guard(M);
    ++Links;
  }
  void unlink() {
    std::lock_guard Guard(M);
    --Links;
  }
  int links() {
    std::lock_guard Guard(M);
    return Links;
  }

private:
  std::mutex M;
  int Links = 0;
};
