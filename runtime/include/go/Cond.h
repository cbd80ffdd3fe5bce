// Cond: a condition variable without spurious wake-ups.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <deque>
//   #include <mutex>
//
//   go::Mutex Mu;
//   go::Cond NotEmpty(Mu);
//   std::deque<int> Queue;                 // guarded by Mu
//   int take() {
//     std::lock_guard Lock(Mu);
//     while (Queue.empty())                // another taker may come first
//       NotEmpty.wait();
//     int V = Queue.front();
//     Queue.pop_front();
//     return V;
//   }
//   int main() {
//     return go::main([] {
//       go::spawn([] {
//         std::lock_guard Lock(Mu);
//         Queue.push_back(7);
//         NotEmpty.signal();
//       });
//       std::printf("%d\n", take());       // prints 7
//     });
//   }
//
// Works with any lock that has lock() and unlock(): Mutex, RWMutex, std::mutex.
//
// Happens-before: signal or broadcast -> the return of each wait it wakes.
#ifndef GO_COND_H
#define GO_COND_H

#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

namespace go {

class GO_EXPORT Cond {
public:
  template <class Lockable>
  explicit Cond(Lockable &L) noexcept
      : Locker(&L), LockFn(&lockIt<Lockable>), UnlockFn(&unlockIt<Lockable>) {}
  Cond(const Cond &) = delete;
  Cond &operator=(const Cond &) = delete;
  ~Cond();

  // Unlocks, waits to be woken, locks again. Requires: the lock is held.
  GO_ROLE("cond_wait") void wait(Site At = Site::here());
  // The same until Ready() holds.
  template <class Predicate>
  GO_ROLE("cond_wait")
  void wait(Predicate Ready, Site At = Site::here()) {
    while (!Ready())
      wait(At);
  }
  // Wakes the longest waiter / all waiters. The lock need not be held.
  GO_ROLE("cond_signal") void signal();
  GO_ROLE("cond_broadcast") void broadcast();

private:
  template <class Lockable>
  static void lockIt(void *P) GO_THREAD_SAFETY(no_thread_safety_analysis) {
    static_cast<Lockable *>(P)->lock();
  }
  template <class Lockable>
  static void unlockIt(void *P) GO_THREAD_SAFETY(no_thread_safety_analysis) {
    static_cast<Lockable *>(P)->unlock();
  }

  void *Locker;
  void (*LockFn)(void *);
  void (*UnlockFn)(void *);
  detail::WaitQueue Waiters;
};

} // namespace go
#endif
