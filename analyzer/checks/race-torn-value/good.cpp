// Values of several words that are guarded, ordered, atomic, or one's own.
#include <go/go.h>

#include <any>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

struct Config {
  int Port = 0;
};

// Read, copy, update: with the atomic shared pointer, with the free functions.
std::atomic<std::shared_ptr<Config>> Newest;
std::shared_ptr<Config> Old = std::make_shared<Config>();

void rcu() {
  std::thread Reader([] {
    for (int I = 0; I < 10; ++I) {
      if (auto Mine = Newest.load())
        std::printf("%d\n", Mine->Port);
      auto Copy = std::atomic_load(&Old);
      std::printf("%d\n", Copy->Port);
    }
  });
  Newest.store(std::make_shared<Config>());
  std::atomic_store(&Old, std::make_shared<Config>());
  Reader.join();
}

// Under a lock: guards of all kinds, readers beside each other.
class Settings {
public:
  std::shared_ptr<Config> get() const {
    std::shared_lock Guard(M);
    return Current;
  }
  void set(std::shared_ptr<Config> C) {
    std::unique_lock Guard(M, std::defer_lock);
    Guard.lock();
    Current = std::move(C);
  }
  void reset() {
    M.lock();
    Current.reset();
    M.unlock();
  }
  void adopt() {
    std::lock(M, Other);
    std::lock_guard Guard(M, std::adopt_lock);
    std::lock_guard Guard2(Other, std::adopt_lock);
    Current = nullptr;
  }
  void both() {
    std::scoped_lock Guard(M, Other);
    Current.swap(Spare);
  }
  bool attempt() {
    std::unique_lock Guard(M, std::try_to_lock);
    if (!Guard)
      return false;
    Current = Spare;
    return true;
  }

private:
  mutable std::shared_mutex M;
  std::mutex Other;
  std::shared_ptr<Config> Current, Spare;
};

void settings() {
  Settings S;
  std::thread A([&] { S.set(std::make_shared<Config>()); });
  std::thread B([&] { S.adopt(); });
  std::thread C([&] { S.attempt(); });
  S.both();
  if (auto Mine = S.get())
    std::printf("%d\n", Mine->Port);
  S.reset();
  A.join();
  B.join();
  C.join();
}

// A copy in the closure, a parameter by value, a local: each its own.
void copies(std::shared_ptr<Config> Given, std::function<void()> Call) {
  std::vector<std::thread> All;
  for (int I = 0; I < 3; ++I)
    All.emplace_back([Given, Call]() mutable {
      std::shared_ptr<Config> Mine = Given;
      Mine.reset();
      Given = nullptr;
      Call();
      Call = nullptr;
    });
  for (std::thread &T : All)
    T.join();
  Given = std::make_shared<Config>();
  Call = nullptr;
}

// A local copy shares the object, not the pointer.
void locals() {
  auto Shared = std::make_shared<Config>();
  std::thread Other([Mine = Shared] { std::printf("%d\n", Mine->Port); });
  auto Mine = Shared;
  Mine = nullptr;
  Shared = nullptr;
  Other.join();
}

// Written before the task starts, read after it has been joined.
void ordered() {
  std::string_view Name = "before";
  std::any Result;
  std::thread Worker([&] { Result = Name.size(); });
  Worker.join();
  Name = "after";
  if (Result.has_value())
    std::printf("%zu\n", std::any_cast<size_t>(Result));
}

// Handed over: by a channel, a wait group, a future, a condition variable.
void handed() {
  auto Ready = go::makeChan<bool>();
  std::optional<int> Value;
  go::spawn([&, Ready] {
    Value = 3;
    Ready.close();
  });
  Ready.recv();
  std::printf("%d\n", *Value);

  go::WaitGroup Wg;
  std::variant<int, double> Sum;
  Wg.go([&] { Sum = 0.5; });
  Wg.wait();
  std::printf("%zu\n", Sum.index());

  std::string_view Text;
  auto Done = std::async([&] { Text = "done"; });
  Done.get();
  std::printf("%zu\n", Text.size());
}

struct Slot {
  std::mutex M;
  std::condition_variable Cv;
  std::function<void()> Job;
  void put(std::function<void()> F) {
    std::lock_guard Guard(M);
    Job = std::move(F);
    Cv.notify_one();
  }
  void runOne() {
    std::unique_lock Guard(M);
    Cv.wait(Guard, [this] { return bool(Job); });
    auto Mine = std::move(Job);
    Job = nullptr;
    Guard.unlock();
    Mine();
  }
};
void slots() {
  Slot S;
  std::thread Worker([&] { S.runOne(); });
  S.put([] { std::printf("job\n"); });
  Worker.join();
}

// A flag that is released after the value was written.
void published() {
  std::string_view Message;
  std::atomic<bool> Ready{false};
  std::thread Reader([&] {
    while (!Ready.load(std::memory_order_acquire))
      std::this_thread::yield();
    std::printf("%zu\n", Message.size());
  });
  Message = "published";
  Ready.store(true, std::memory_order_release);
  Reader.join();
}

// Made once, then only read.
std::once_flag Flag;
std::shared_ptr<Config> Single;
const std::shared_ptr<Config> &single() {
  std::call_once(Flag, [] { Single = std::make_shared<Config>(); });
  return Single;
}
const std::function<int()> &table() {
  static const std::function<int()> F = [] { return 3; };
  return F;
}
void once() {
  std::thread Other([] { std::printf("%d\n", single()->Port + table()()); });
  std::printf("%d\n", single()->Port + table()());
  Other.join();
}

// A slot for each thread; one of each thread's own.
thread_local std::string_view Mine;
void perThread() {
  std::optional<int> Slots[2];
  std::thread A([&] { Slots[0] = 1; Mine = "a"; });
  std::thread B([&] { Slots[1] = 2; Mine = "b"; });
  A.join();
  B.join();
}

// Set in the constructor, before the thread runs and after it has ended.
class Worker {
public:
  explicit Worker(std::function<void()> F) : Job(std::move(F)) {
    Name = "worker";
    Thread = std::jthread([this](std::stop_token Stop) {
      while (!Stop.stop_requested())
        Job();
      std::printf("%zu\n", Name.size());
    });
  }
  ~Worker() {
    Thread.request_stop();
    Thread.join();
    Job = nullptr;
  }

private:
  std::function<void()> Job;
  std::string_view Name;
  std::jthread Thread;
};
void workers() { Worker W([] { std::this_thread::yield(); }); }

// Two members that hold the same object are two pointers.
struct Pair {
  std::shared_ptr<Config> First, Second;
};
void pairs() {
  auto One = std::make_shared<Config>();
  Pair P;
  P.First = One;
  P.Second = One;
  std::thread Other([&] { P.First = nullptr; });
  P.Second = nullptr;
  Other.join();
}
