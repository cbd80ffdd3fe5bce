// Every way to lock that does not lock twice.
#include <go/go.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

std::mutex A, B;
int Value;

void oneAfterTheOther() {
  {
    std::lock_guard Guard(A);
    ++Value;
  }
  std::lock_guard Guard(A);
  ++Value;
}

void earlyUnlock() {
  std::unique_lock Guard(A);
  ++Value;
  Guard.unlock();
  std::lock_guard Again(A);
  ++Value;
}

void unlockAndLock() {
  std::unique_lock Guard(A);
  Guard.unlock();
  Guard.lock();
  ++Value;
}

void deferred() {
  std::unique_lock Guard(A, std::defer_lock);
  Guard.lock();
  ++Value;
}

void adopted() {
  A.lock();
  std::lock_guard Guard(A, std::adopt_lock);
  ++Value;
}

void lockAndAdopt() {
  std::lock(A, B);
  std::lock_guard GuardA(A, std::adopt_lock);
  std::lock_guard GuardB(B, std::adopt_lock);
  ++Value;
}

void lockDeferred() {
  std::unique_lock GuardA(A, std::defer_lock);
  std::unique_lock GuardB(B, std::defer_lock);
  std::lock(GuardA, GuardB);
  ++Value;
}

void tried() {
  std::unique_lock Guard(A, std::try_to_lock);
  if (!Guard.owns_lock())
    Guard.lock();
  ++Value;
}

void triedByHand() {
  if (!A.try_lock())
    A.lock();
  ++Value;
  A.unlock();
}

void trySecond() {
  std::lock_guard Guard(A);
  std::unique_lock Second(A, std::try_to_lock);
  ++Value;
}

std::unique_lock<std::mutex> take() {
  std::unique_lock Guard(A);
  ++Value;
  return Guard;
}

void returned() {
  { auto Guard = take(); }
  auto Guard = take();
  ++Value;
}

void movedAway() {
  std::unique_lock Guard(A);
  {
    auto Inner = std::move(Guard);
    ++Value;
  }
  std::lock_guard Again(A);
  ++Value;
}

void inContainer(std::vector<std::mutex> &Locks) {
  std::vector<std::unique_lock<std::mutex>> Guards;
  for (std::mutex &L : Locks)
    Guards.emplace_back(L);
}

struct Node {
  std::mutex M;
  Node *Next = nullptr;
  int N = 0;
};

// Another lock in each round, under one name.
void handOverHand(Node *At) {
  At->M.lock();
  while (Node *Next = At->Next) {
    Next->M.lock();
    At->M.unlock();
    At = Next;
  }
  ++At->N;
  At->M.unlock();
}

void each(std::mutex *Locks, int Count) {
  for (int I = 0; I < Count; ++I)
    Locks[I].lock();
  for (int I = 0; I < Count; ++I)
    Locks[I].unlock();
}

void move(Node &From, Node &To) {
  std::scoped_lock Guard(From.M, To.M);
  ++To.N;
}

class Recursive {
public:
  void outer() {
    std::lock_guard Guard(M);
    inner();
  }
  void inner() {
    std::lock_guard Guard(M);
    ++N;
  }

private:
  std::recursive_mutex M;
  int N = 0;
};

class Two {
public:
  void outer() {
    std::lock_guard Guard(First);
    inner();
  }
  void inner() {
    std::lock_guard Guard(Second);
    ++N;
  }
  // Of another object.
  void merge(Two &Other) {
    std::lock_guard Guard(First);
    Other.addFirst();
  }
  void addFirst() {
    std::lock_guard Guard(First);
    ++N;
  }

private:
  std::mutex First, Second;
  int N = 0;
};

// The public function locks, the private one is called with the lock.
class Split {
public:
  void add() {
    std::unique_lock Guard(M);
    addLocked();
    Guard.unlock();
    notify();
  }
  void notify() {
    std::lock_guard Guard(M);
    ++N;
  }

private:
  void addLocked() { ++N; }
  std::mutex M;
  int N = 0;
};

void downgrade(std::shared_mutex &M) {
  {
    std::unique_lock Guard(M);
    ++Value;
  }
  std::shared_lock Guard(M);
  (void)Value;
}

void conditionally(bool Both) {
  if (Both)
    A.lock();
  ++Value;
  if (Both)
    A.unlock();
  std::lock_guard Guard(A);
}

// The task runs later, without the lock.
void inTask() {
  std::lock_guard Guard(A);
  std::thread T([] {
    std::lock_guard Inner(A);
    ++Value;
  });
  T.detach();
}

void stored(std::function<void()> &Later) {
  std::lock_guard Guard(A);
  Later = [] {
    std::lock_guard Inner(A);
    ++Value;
  };
}

void inLambda() {
  auto Add = [] {
    std::lock_guard Guard(A);
    ++Value;
  };
  Add();
  Add();
}

// The wait gives the lock back, the predicate runs with it.
void wait(std::condition_variable &Cv, bool &Ready) {
  std::unique_lock Guard(A);
  Cv.wait(Guard, [&] { return Ready; });
  Guard.unlock();
  Guard.lock();
  Ready = false;
}

void once(std::once_flag &Flag) {
  std::call_once(Flag, [] {
    std::lock_guard Guard(A);
    ++Value;
  });
  std::lock_guard Guard(A);
}

void semaphore(go::Chan<int> Slots) {
  Slots.send(1);
  Slots.send(1);
}

// Given back on each way to the next round.
void eachRound(std::mutex &M, bool (*Works)()) {
  for (int I = 0; I < 3; ++I) {
    M.lock();
    if (!Works()) {
      M.unlock();
      continue;
    }
    M.unlock();
  }
}

// Two tests of one thing.
void dependent(std::mutex &M, bool (*Works)()) {
  for (int I = 0; I < 3; ++I) {
    M.lock();
    bool Held = true;
    if (Works()) {
      M.unlock();
      Held = false;
    }
    if (Held)
      M.unlock();
  }
}

// Taken once, given back behind the loop.
void once(std::mutex &M, bool (*Works)()) {
  bool Held = false;
  while (Works()) {
    if (!Held) {
      M.lock();
      Held = true;
    }
  }
  if (Held)
    M.unlock();
}
