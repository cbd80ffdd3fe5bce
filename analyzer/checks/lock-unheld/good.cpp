// Unlocks of locks that are held, or that others hold.
#include <go/go.h>

#include <condition_variable>
#include <mutex>
#include <shared_mutex>

std::mutex M;
int Value;
void log(const char *);
bool ready();

// Helpers that unlock for their caller.
void release() { M.unlock(); }
void takeAndRelease() {
  M.lock();
  ++Value;
  release();
}

void eitherWay(bool Bad) {
  M.lock();
  if (Bad)
    M.unlock();
  else {
    ++Value;
    M.unlock();
  }
}

void earlyReturn(bool Bad) {
  M.lock();
  if (Bad) {
    M.unlock();
    return;
  }
  M.unlock();
}

void dropAndTake() {
  M.lock();
  while (!ready()) {
    M.unlock();
    log("waiting");
    M.lock();
  }
  M.unlock();
}

void correlated(bool Early) {
  M.lock();
  if (Early)
    M.unlock();
  log("between");
  if (!Early)
    M.unlock();
}

void early() {
  std::unique_lock Guard(M);
  ++Value;
  Guard.unlock();
  log("outside");
}

void earlySometimes(bool Early) {
  std::unique_lock Guard(M);
  if (Early)
    Guard.unlock();
  log("either");
}

void nested(std::recursive_mutex &R) {
  R.lock();
  R.lock();
  R.unlock();
  R.unlock();
}

void readers(std::shared_mutex &R) {
  R.lock_shared();
  R.unlock_shared();
  R.lock();
  R.unlock();
}

void retaken() {
  M.lock();
  M.unlock();
  if (M.try_lock())
    M.unlock();
}

// A go::Mutex belongs to nobody: another goroutine may give it back.
void handedOver(go::Mutex &L) {
  L.lock();
  go::spawn([&L] {
    ++Value;
    L.unlock();
  });
}

void unlockWhileWaiting(std::condition_variable &Cv, bool &Ready) {
  std::unique_lock Guard(M);
  Cv.wait(Guard, [&] { return Ready; });
  Guard.unlock();
  log("done");
  Guard.lock();
}

struct Locker {
  std::mutex Own;
  void take();
  void both() {
    Own.lock();
    Own.unlock();
    take(); // may lock
    Own.unlock();
  }
};

void switched(int What) {
  M.lock();
  switch (What) {
  case 0:
    M.unlock();
    break;
  case 1:
    ++Value;
    M.unlock();
    break;
  default:
    M.unlock();
  }
}

// Ends the program, and does not say so.
void panic(const char *);
void panics(bool Bad) {
  M.lock();
  if (Bad) {
    M.unlock();
    panic("bad");
  }
  M.unlock();
}

void out(bool A, bool B) {
  M.lock();
  if (A)
    goto Done;
  if (B) {
    M.unlock();
    return;
  }
  ++Value;
Done:
  M.unlock();
}
