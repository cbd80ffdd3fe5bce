// Locks that are given back, or are meant to stay held.
#include <go/go.h>

#include <mutex>
#include <stdexcept>

std::mutex M;
int Value;
void log(int);

void balanced(bool Early) {
  M.lock();
  if (Early) {
    M.unlock();
    return;
  }
  ++Value;
  M.unlock();
}

void guarded(bool Early) {
  std::lock_guard Guard(M);
  if (Early)
    return;
  if (Value > 3)
    throw std::runtime_error("full");
  ++Value;
}

// A lock of the caller's.
class Lockable {
public:
  void lock() { Own.lock(); }
  void unlock() { Own.unlock(); }
  bool try_lock() { return Own.try_lock(); }

private:
  std::mutex Own;
};

struct Item {
  std::mutex Own;
  int Refs = 0;
};

// Gives the item to its caller with its lock; without one, unlocks.
Item *find(Item *I, int Want) {
  I->Own.lock();
  if (I->Refs != Want) {
    I->Own.unlock();
    return nullptr;
  }
  return I;
}

// Says whether it holds the lock.
bool claim(Item &I) {
  I.Own.lock();
  if (I.Refs > 0) {
    I.Own.unlock();
    return false;
  }
  return true;
}

int begin(Item &I) {
  I.Own.lock();
  if (I.Refs > 0) {
    I.Own.unlock();
    return -1;
  }
  return 0;
}

void tried() {
  if (!M.try_lock())
    return;
  ++Value;
  M.unlock();
}

void deferred(bool Early) {
  M.lock();
  go::Defer Unlock([] { M.unlock(); });
  if (Early)
    return;
  ++Value;
}

void adopted(bool Early) {
  M.lock();
  std::lock_guard Guard(M, std::adopt_lock);
  if (Early)
    return;
  ++Value;
}

// Gives the lock back in a function that is not visible.
void finish(Item &I);
bool helped(Item &I, bool Early) {
  I.Own.lock();
  if (Early) {
    finish(I);
    return false;
  }
  I.Own.unlock();
  return true;
}

void caught() {
  M.lock();
  try {
    if (Value < 0)
      throw std::runtime_error("negative");
    ++Value;
  } catch (const std::exception &) {
    log(Value);
  }
  M.unlock();
}

void correlated(bool Lock) {
  if (Lock)
    M.lock();
  ++Value;
  if (Lock)
    M.unlock();
}

[[noreturn]] void fail();
void ends() {
  M.lock();
  if (Value < 0)
    fail();
  ++Value;
  M.unlock();
}

void loops() {
  M.lock();
  while (Value > 0) {
    M.unlock();
    log(Value);
    M.lock();
  }
  M.unlock();
}

// A guard of the program's own.
class Holder {
public:
  explicit Holder(std::mutex *L) : L(L) { L->lock(); }
  ~Holder() { L->unlock(); }

private:
  std::mutex *L;
};
void held(bool Early) {
  Holder H(&M);
  if (Early)
    return;
  ++Value;
}

// Hand over hand: the lock that is held at the end is another one.
struct Node {
  std::mutex Own;
  Node *Next = nullptr;
};
bool contains(Node *At, Node *Want) {
  At->Own.lock();
  while (At->Next) {
    Node *Next = At->Next;
    Next->Own.lock();
    At->Own.unlock();
    if (Next == Want) {
      Next->Own.unlock();
      return true;
    }
    At = Next;
  }
  At->Own.unlock();
  return false;
}
