// Mutex: mutual exclusion that parks goroutines, not threads.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <map>
//   #include <mutex>
//   #include <string>
//
//   struct Cache {
//     go::Mutex Mu;
//     std::map<std::string, int> Hits;       // guarded by Mu
//     void hit(const std::string &K) {
//       std::lock_guard Lock(Mu);            // any std guard fits
//       ++Hits[K];
//     }
//   };
//   int main() {
//     return go::main([] {
//       Cache C;
//       go::WaitGroup Wg;
//       for (int I = 0; I < 10; ++I)
//         Wg.go([&] { C.hit("home"); });
//       Wg.wait();
//       std::printf("%d\n", C.Hits["home"]); // prints 10
//     });
//   }
//
// The zero value is unlocked. Not reentrant. Not bound to its owner: another
// goroutine may unlock it. A waiter that has been passed over for a millisecond
// gets the lock handed over in order, so none starves.
//
// Happens-before: each unlock -> every later lock.
#ifndef GO_MUTEX_H
#define GO_MUTEX_H

#include "go/detail/Base.h"
#include "go/detail/Quick.h"
#include "go/detail/WaitQueue.h"

namespace go {

class GO_EXPORT GO_THREAD_SAFETY(capability("mutex")) Mutex {
public:
  constexpr Mutex() noexcept = default;
  Mutex(const Mutex &) = delete;
  Mutex &operator=(const Mutex &) = delete;
  ~Mutex();

  // Takes the lock. Blocks: while it is held, also by the caller.
  GO_ROLE("lock")
  void lock(Site At = Site::here()) GO_THREAD_SAFETY(acquire_capability())
      GO_THREAD_SAFETY(no_thread_safety_analysis) {
    if (!detail::quickChange(State, 0, kLocked))
      lockFull(At);
  }
  // Takes the lock if it is free. No edge on failure.
  GO_ROLE("try_lock")
  bool try_lock(Site At = Site::here())
      GO_THREAD_SAFETY(try_acquire_capability(true));
  // Errors: "fatal error: sync: unlock of unlocked mutex" ends the process.
  GO_ROLE("unlock")
  void unlock(Site At = Site::here()) GO_THREAD_SAFETY(release_capability())
      GO_THREAD_SAFETY(no_thread_safety_analysis) {
    if (!detail::quickChange(State, kLocked, 0))
      unlockFull(At);
  }

private:
  static constexpr std::uint32_t kLocked = 1;

  bool takeIfFree();
  void lockFull(Site At);
  void unlockFull(Site At);
  void lockSlow(Site At);
  void unlockSlow(Site At);

  std::atomic<std::uint32_t> State{0};
  detail::WaitQueue Waiters;
};

} // namespace go
#endif
