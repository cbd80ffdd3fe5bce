// Guards that die at the end of their own statement.
#include <mutex>
#include <shared_mutex>

std::mutex M;
std::shared_mutex Shared;
int Value;

void braces() {
  std::lock_guard<std::mutex>{M}; // bug: lock-guard-temporary
  ++Value;
}

void deduced() {
  std::scoped_lock{M}; // bug: lock-guard-temporary
  ++Value;
}

struct Counter {
  std::mutex Own;
  int N = 0;

  void add() {
    std::unique_lock<std::mutex>{Own}; // bug: lock-guard-temporary
    ++N;
  }
  int get() {
    std::shared_lock<std::shared_mutex>{Shared}; // bug: lock-guard-temporary
    return N;
  }
};

void withoutBraces(bool Careful) {
  if (Careful)
    std::lock_guard<std::mutex>{M}; // bug: lock-guard-temporary
  ++Value;
}

void qualified(Counter &C) {
  std::lock_guard<std::mutex>(C.Own); // bug: lock-guard-temporary
  ++C.N;
}
