// Unlocks without a lock.
#include <go/go.h>

#include <mutex>

std::mutex M;
int Value;
void log(const char *);

void forgotReturn(bool Bad) {
  M.lock();
  if (Bad) {
    M.unlock();
    log("bad");
  }
  M.unlock(); // bug: lock-unheld
}

void twice() {
  M.lock();
  ++Value;
  M.unlock();
  M.unlock(); // bug: lock-unheld
}

struct Table {
  std::mutex Own;
  int N = 0;
  void leave() { Own.unlock(); } // bug: lock-unheld
  void clear() {
    Own.lock();
    N = 0;
    Own.unlock();
    leave();
  }
  void guard() {
    std::unique_lock Guard(Own);
    ++N;
    Guard.unlock();
    Guard.unlock(); // bug: lock-unheld
  }
};

void inTask(go::Mutex &L) {
  go::spawn([&] {
    L.lock();
    L.unlock();
    L.unlock(); // bug: lock-unheld
  });
}
