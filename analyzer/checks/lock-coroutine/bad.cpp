// Locks that are held while a coroutine is suspended.
#include <coroutine>
#include <mutex>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Later {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return 1; }
};

std::mutex M;
int Value;

Task guarded() {
  std::lock_guard Guard(M);
  Value += co_await Later(); // bug: lock-coroutine
}

Task byHand() {
  M.lock();
  co_await Later(); // bug: lock-coroutine
  M.unlock();
}

Task generator() {
  std::unique_lock Guard(M);
  for (int I = 0; I < 3; ++I)
    co_yield I; // bug: lock-coroutine
}
