// Guards that hold nothing.
#include <mutex>
#include <shared_mutex>

std::mutex M;
int Value;

void hides() {
  std::unique_lock<std::mutex>(M); // bug: lock-guard-empty
  ++Value;
}

void nothingGiven() {
  std::unique_lock<std::mutex> Guard; // bug: lock-guard-empty
  ++Value;
}

void noLocks() {
  std::scoped_lock<> Guard; // bug: lock-guard-empty
  ++Value;
}

struct Table {
  std::shared_mutex Lock;
  int N = 0;

  int get() {
    std::shared_lock<std::shared_mutex>(Lock); // bug: lock-guard-empty
    return N;
  }
};
