// The strand that holds a lock takes it again.
#include <go/go.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>

class Account {
public:
  void deposit(int N) {
    std::lock_guard Guard(M); // bug: lock-double
    Balance += N;
  }
  void twice(int N) {
    std::lock_guard Guard(M);
    deposit(N);
    deposit(N);
  }

private:
  std::mutex M;
  int Balance = 0;
};

struct Plain {
  std::mutex M;
  int N = 0;
  void again() {
    M.lock();
    std::lock_guard Guard(M); // bug: lock-double
    ++N;
    M.unlock();
  }
  void size() {
    std::unique_lock Guard(M);
    Guard.lock(); // bug: lock-double
    ++N;
  }
};

class Cache {
public:
  int read() {
    std::shared_lock Guard(M); // bug: lock-double
    return N;
  }
  void upgrade() {
    std::shared_lock Guard(M);
    if (N == 0) {
      std::unique_lock Exclusive(M); // bug: lock-double
      N = 1;
    }
  }
  void readInWrite() {
    std::unique_lock Guard(M);
    N = read();
  }

private:
  std::shared_mutex M;
  int N = 0;
};

void withGo(go::RWMutex &Lock, go::Mutex &Plain, int &N) {
  Plain.lock();
  Plain.lock(); // bug: lock-double
  Plain.unlock();
  Lock.rLock();
  Lock.rLock(); // bug: lock-double
  ++N;
  Lock.rUnlock();
  Lock.rUnlock();
}

// Inside of a lambda that runs at once.
void inLambda(std::mutex &M, int &N) {
  std::lock_guard Guard(M);
  [&] {
    std::lock_guard Inner(M); // bug: lock-double
    ++N;
  }();
}

// The predicate runs with the lock held.
void inPredicate(std::mutex &M, std::condition_variable &Cv, bool &Ready) {
  std::unique_lock Guard(M);
  Cv.wait(Guard, [&] {
    std::lock_guard Inner(M); // bug: lock-double
    return Ready;
  });
}

// In a task of its own.
void inTask(go::Mutex &M) {
  go::spawn([&M] {
    M.lock();
    M.lock(); // bug: lock-double
    M.unlock();
  });
}

// The only class of the file that can be meant.
struct Sink {
  virtual ~Sink() = default;
  virtual void write() = 0;
};

struct File : Sink {
  std::mutex M;
  int Written = 0;
  void write() override {
    std::lock_guard Guard(M); // bug: lock-double
    ++Written;
  }
};

void throughVirtual(File &F) {
  Sink &S = F;
  std::lock_guard Guard(F.M);
  S.write();
}

// A member that holds one and the same callable.
struct Logger {
  std::mutex M;
  std::function<void()> OnFull;
  int Lines = 0;
  void log() {
    std::lock_guard Guard(M);
    if (++Lines > 10)
      OnFull();
  }
};

void throughMember() {
  Logger L;
  L.OnFull = [&] {
    std::lock_guard Guard(L.M); // bug: lock-double
    L.Lines = 0;
  };
  L.log();
}

// One way to the next round keeps the lock.
void rounds(std::mutex &M, bool (*Works)()) {
  for (int I = 0; I < 3; ++I) {
    M.lock(); // bug: lock-double
    if (!Works())
      continue;
    M.unlock();
  }
}
