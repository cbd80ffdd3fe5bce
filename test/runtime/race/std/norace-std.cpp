// What threads, futures, semaphores, latches, barriers and waits order: no case
// may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../ThreadCase.h"
#include <barrier>
#include <coroutine>
#include <future>
#include <latch>
#include <memory>
#include <semaphore>
#include <string>
#include <vector>

int Shared;

// Start and join.
NORACE(H23_startAndJoin) {
  for (int I = 0; I < 5; ++I) {
    ++Shared;
    std::thread([] { ++Shared; }).join();
    ++Shared;
  }
}
NORACE(jthreads) {
  {
    std::jthread T([](std::stop_token Stop) {
      while (!Stop.stop_requested())
        sched_yield();
      ++Shared;
    });
    ++Shared;
    T.request_stop();
  }
  ++Shared;
}
NORACE(threadsOfThreads) {
  std::thread([] {
    std::vector<std::thread> Ts;
    int Data[4];
    for (int &D : Data)
      Ts.emplace_back([&D] { D = 1; });
    for (auto &T : Ts)
      T.join();
    Shared = Data[0] + Data[3];
  }).join();
  use(Shared);
}

// Futures of each kind.
NORACE(async) {
  std::vector<std::future<std::string>> Fs;
  for (int I = 0; I < 4; ++I)
    Fs.push_back(std::async(std::launch::async,
                            [I] { return std::string(50, char('a' + I)); }));
  for (auto &F : Fs)
    use(F.get().size());
}
NORACE(deferredAsync) {
  auto F = std::async(std::launch::deferred, [] { return ++Shared; });
  use(F.get());
}
NORACE(promiseAndException) {
  std::promise<int> P;
  std::thread T([&] {
    Shared = 1;
    P.set_exception(std::make_exception_ptr(std::string("reason")));
  });
  try {
    P.get_future().get();
  } catch (const std::string &Why) {
    Shared += int(Why.size());
  }
  T.join();
}
NORACE(packagedTasks) {
  std::packaged_task<int()> Task([] { return Shared = 1; });
  auto F = Task.get_future().share();
  std::thread Runner([&] { Task(); });
  std::thread Reader([F] { use(F.get() + Shared); });
  F.wait();
  use(Shared);
  Runner.join();
  Reader.join();
}

// A semaphore as a lock, and as a count of items.
NORACE(semaphores) {
  std::binary_semaphore Lock(1);
  std::counting_semaphore<> Items(0);
  std::vector<int> Queue;
  std::vector<std::thread> Ts;
  for (int I = 0; I < 3; ++I)
    Ts.emplace_back([&] {
      for (int J = 0; J < 20; ++J) {
        Items.acquire();
        Lock.acquire();
        Queue.pop_back();
        Lock.release();
      }
    });
  for (int J = 0; J < 60; ++J) {
    Lock.acquire();
    Queue.push_back(J);
    Lock.release();
    Items.release();
  }
  for (auto &T : Ts)
    T.join();
}

NORACE(latch) {
  std::latch Start(1), Done(4);
  int Data[4];
  std::vector<std::jthread> Ts;
  for (int &D : Data)
    Ts.emplace_back([&] {
      Start.wait();
      D = Shared;
      Done.count_down();
    });
  Shared = 7;
  Start.count_down();
  Done.wait();
  use(Data[0] + Data[3]);
}

// Rounds, with a function that runs between them.
NORACE(barrier) {
  int Data[3] = {}, Sum = 0;
  std::barrier B(3, [&]() noexcept { Sum = Data[0] + Data[1] + Data[2]; });
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 3; ++I)
    Ts.emplace_back([&, I] {
      for (int Round = 0; Round < 20; ++Round) {
        ++Data[I];
        B.arrive_and_wait();
        use(Sum);
      }
    });
}
NORACE(arriveThenWait) {
  std::barrier B(2);
  std::thread T([&] {
    Shared = 1;
    B.arrive_and_drop();
  });
  B.wait(B.arrive());
  use(Shared);
  T.join();
}

// Waits on atomics.
NORACE(atomicWait) {
  std::atomic<int> Turn = 0;
  auto Play = [&](int Mine) {
    for (int I = 0; I < 30; ++I) {
      for (int T; (T = Turn.load()) % 2 != Mine;)
        Turn.wait(T);
      ++Shared;
      ++Turn;
      Turn.notify_all();
    }
  };
  std::thread T(Play, 1);
  Play(0);
  T.join();
}
NORACE(atomicFlagWait) {
  std::atomic_flag Ready;
  std::thread T([&] {
    Shared = 1;
    Ready.test_and_set();
    Ready.notify_one();
  });
  Ready.wait(false);
  Shared = 2;
  T.join();
}
NORACE(atomicRef) {
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([] {
      for (int J = 0; J < 50; ++J)
        std::atomic_ref(Shared).fetch_add(1, std::memory_order_relaxed);
    });
}
NORACE(atomicSharedPointer) {
  std::atomic<std::shared_ptr<std::string>> P =
      std::make_shared<std::string>("first");
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 2; ++I) {
    Ts.emplace_back([&, I] {
      for (int J = 0; J < 50; ++J)
        P.store(std::make_shared<std::string>(40, char('a' + I)));
    });
    Ts.emplace_back([&] {
      for (int J = 0; J < 50; ++J)
        use(P.load()->size());
    });
    Ts.emplace_back([&] {
      auto Old = std::make_shared<std::string>();
      for (int J = 0; J < 50; ++J)
        P.compare_exchange_strong(Old, Old);
    });
  }
}

// A coroutine is handed from thread to thread by joins.
struct Counting {
  struct promise_type {
    int Value = 0;
    Counting get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int V) {
      Value = V;
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> Handle;
};
static Counting count() {
  for (int I = 0;; ++I)
    co_yield I;
}
NORACE(coroutineHandedOn) {
  Counting C = count();
  for (int I = 0; I < 5; ++I) {
    std::thread([&] { C.Handle.resume(); }).join();
    use(C.Handle.promise().Value);
  }
  C.Handle.destroy();
}

// Each thread has its own.
thread_local std::string PerThread = "mine";
NORACE(threadLocals) {
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back([] {
      for (int J = 0; J < 50; ++J)
        PerThread += 'x';
    });
  PerThread += 'y';
}
