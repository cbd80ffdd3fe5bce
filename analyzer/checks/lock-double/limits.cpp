// Locks that are taken twice and not found.
#include <mutex>
#include <vector>

std::mutex M;
int Value;

// Held on some of the ways here only.
void sometimes(bool Early, bool Late) {
  if (Early)
    M.lock();
  if (Late)
    M.lock(); // missed: lock-double
  ++Value;
  M.unlock();
}

struct Base {
  virtual ~Base() = default;
  virtual void call() = 0;
};

struct Derived : Base {
  void call() override {
    std::lock_guard Guard(M); // missed: lock-double
    ++Value;
  }
};

struct Other : Base {
  void call() override {}
};

// Which function is called is not known.
void throughVirtual(Base &B) {
  std::lock_guard Guard(M);
  B.call();
}

// An element behind an index that changes.
void element(std::vector<std::mutex> &Locks, int I) {
  Locks[I].lock();
  Locks[I].lock(); // missed: lock-double
  Locks[I].unlock();
}
