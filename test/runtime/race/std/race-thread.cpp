// What threads, futures and coroutines do not order: each case is one race on
// the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../ThreadCase.h"
#include <coroutine>
#include <future>
#include <mutex>
#include <vector>

int Shared;
static Unseen Time;

// A thread and its maker.
RACE(thread, "'Shared'") {
  inOrder([] { Shared = 1; },  // races
          [] { Shared = 2; }); // races
}

// Two threads of one maker; the first one has been joined by another.
RACE(siblings, "'Shared'") {
  std::thread One([] {
    Shared = 1; // races
    Time.reach(1);
  });
  std::thread Two([] {
    Time.await(1);
    Shared = 2; // races
  });
  One.join();
  Two.join();
}

// A detached thread is joined by nobody.
RACE(detached, "'Shared'") {
  std::thread([] {
    Shared = 1; // races
    Time.reach(1);
  }).detach();
  Time.await(1);
  Shared = 2; // races
}

// The argument is passed by reference.
RACE(argumentByRef, "the stack") {
  int Local = 0;
  std::thread T(
      [](int &V) {
        V = 1; // races
        Time.reach(1);
      },
      std::ref(Local));
  Time.await(1);
  use(Local); // races
  T.join();
}

// A jthread that is stopped goes on until it looks.
RACE(stopRequested, "'Shared'") {
  std::jthread T([](std::stop_token Stop) {
    while (!Stop.stop_requested())
      sched_yield();
    Shared = 1; // races
    Time.reach(1);
  });
  T.request_stop();
  Time.await(1);
  Shared = 2; // races
}

// A stop callback runs where the stop was requested.
RACE(stopCallback, "'Shared'") {
  std::stop_source Source;
  std::stop_callback Call(Source.get_token(), [] {
    Shared = 1; // races
  });
  inOrder([&] { Source.request_stop(); }, [] { Shared = 2; }); // races
}

// The value is there before the task's end.
RACE(promiseThenWrite, "'Shared'") {
  std::promise<int> P;
  std::thread T([&] {
    P.set_value(1);
    Shared = 1; // races
    Time.reach(1);
  });
  P.get_future().get();
  Time.await(1);
  Shared = 2; // races
  T.join();
}

// The future is asked for its state only.
RACE(futureNotTaken, "'Shared'") {
  auto F = std::async(std::launch::async, [] {
    Shared = 1; // races
    Time.reach(1);
  });
  Time.await(1);
  use(F.valid());
  Shared = 2; // races
}

// Two that share the result of one task change it.
RACE(sharedFuture, "'Shared'") {
  std::promise<int *> P;
  std::shared_future<int *> F = P.get_future().share();
  P.set_value(&Shared);
  inOrder([F] { *F.get() = 1; },  // races
          [F] { *F.get() = 2; }); // races
}

// The task ran on a thread; its packaged result was not waited for.
RACE(packagedTask, "'Shared'") {
  std::packaged_task<void()> Task([] { Shared = 1; }); // races
  inOrder([&] { Task(); }, [] { use(Shared); });       // races
}

// A coroutine that two threads resume one after the other.
struct Task {
  struct promise_type {
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> Handle;
};
static Task coroutine() {
  Shared = 1; // races
  co_await std::suspend_always();
}
RACE(coroutineAndItsCaller, "'Shared'") {
  Task T = coroutine();
  inOrder([&] { T.Handle.resume(); }, [] { Shared = 2; }); // races
  T.Handle.destroy();
}

// A thread-local variable by its address.
thread_local int PerThread;
RACE(threadLocalByPointer, "a thread-local variable of") {
  inOrder([Theirs = &PerThread] { *Theirs = 1; }, // races
          [] { use(PerThread); });                // races
}

// A destructor of a thread-local object runs at the thread's end.
struct AtExit {
  int *Where = nullptr;
  ~AtExit() {
    if (Where)
      *Where = 1; // races
    Time.reach(1);
  }
};
thread_local AtExit Last;
RACE(threadLocalDestructor, "'Shared'") {
  std::thread T([] { Last.Where = &Shared; });
  Time.await(1);
  Shared = 2; // races
  T.join();
}
