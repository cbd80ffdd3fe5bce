// Locks that are given back first.
#include <coroutine>
#include <mutex>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Later {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return 1; }
};

// A lock of coroutines: its guard may change the thread.
struct AsyncMutex {
  Later lock();
  void unlock();
};

std::mutex M;
int Value;

Task scoped() {
  int N = co_await Later();
  {
    std::lock_guard Guard(M);
    Value += N;
  }
  co_await Later();
}

Task unlocked() {
  std::unique_lock Guard(M);
  ++Value;
  Guard.unlock();
  co_await Later();
  Guard.lock();
  ++Value;
}

Task async(AsyncMutex &A) {
  co_await A.lock();
  co_await Later();
  A.unlock();
}

// To the end of the coroutine, where nothing is awaited any more.
Task atEnd() {
  co_await Later();
  std::lock_guard Guard(M);
  ++Value;
}
