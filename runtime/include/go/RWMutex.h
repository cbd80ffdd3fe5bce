// RWMutex: many readers or one writer.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <map>
//   #include <mutex>
//   #include <shared_mutex>
//   #include <string>
//
//   go::RWMutex Mu;
//   std::map<std::string, std::string> Config; // guarded by Mu
//   std::string get(const std::string &K) {
//     std::shared_lock Lock(Mu);
//     auto Found = Config.find(K);
//     return Found == Config.end() ? "" : Found->second;
//   }
//   void set(const std::string &K, std::string V) {
//     std::lock_guard Lock(Mu);
//     Config[K] = std::move(V);
//   }
//   int main() {
//     return go::main([] {
//       set("colour", "blue");
//       go::WaitGroup Wg;
//       for (int I = 0; I < 3; ++I)
//         Wg.go([] { get("colour"); });       // together
//       Wg.wait();
//       std::printf("%s\n", get("colour").c_str()); // prints blue
//     });
//   }
//
// A writer that waits keeps new readers out, so that readers cannot starve it;
// hence a goroutine that read-locks twice can deadlock with a writer between.
// A read lock cannot be raised to a write lock.
//
// Happens-before: unlock -> every later lock and lock_shared; unlock_shared ->
// every later lock. Readers are not ordered among themselves.
#ifndef GO_RWMUTEX_H
#define GO_RWMUTEX_H

#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

namespace go {

class GO_EXPORT GO_THREAD_SAFETY(capability("shared_mutex")) RWMutex {
public:
  constexpr RWMutex() noexcept = default;
  RWMutex(const RWMutex &) = delete;
  RWMutex &operator=(const RWMutex &) = delete;
  ~RWMutex();

  // Takes the lock for writing. Blocks: while anyone holds it.
  GO_ROLE("lock")
  void lock(Site At = Site::here()) GO_THREAD_SAFETY(acquire_capability());
  GO_ROLE("try_lock")
  bool try_lock(Site At = Site::here())
      GO_THREAD_SAFETY(try_acquire_capability(true));
  // Errors: "fatal error: sync: Unlock of unlocked RWMutex" ends the process.
  GO_ROLE("unlock")
  void unlock(Site At = Site::here()) GO_THREAD_SAFETY(release_capability());

  // Takes the lock for reading. Blocks: while a writer holds it or waits.
  GO_ROLE("rlock")
  void lock_shared(Site At = Site::here())
      GO_THREAD_SAFETY(acquire_shared_capability());
  GO_ROLE("try_rlock")
  bool try_lock_shared(Site At = Site::here())
      GO_THREAD_SAFETY(try_acquire_shared_capability(true));
  // Errors: "fatal error: sync: RUnlock of unlocked RWMutex" ends the process.
  GO_ROLE("runlock")
  void unlock_shared(Site At = Site::here())
      GO_THREAD_SAFETY(release_shared_capability());

  // Go's names for the same.
  GO_ROLE("rlock")
  void rLock(Site At = Site::here())
      GO_THREAD_SAFETY(acquire_shared_capability());
  GO_ROLE("runlock")
  void rUnlock(Site At = Site::here())
      GO_THREAD_SAFETY(release_shared_capability());

private:
  std::uint32_t Readers = 0;        // that hold it
  std::uint32_t WritersWaiting = 0; // queued below
  bool Writing = false;
  detail::WaitQueue Waiters; // readers and writers, in order of arrival
};

// The reading side of an RWMutex as a lock of its own, for what asks for one:
// a std::lock_guard, a Cond. Happens-before: as lock_shared, unlock_shared.
class GO_THREAD_SAFETY(capability("shared_mutex")) RLocker {
public:
  explicit RLocker(RWMutex &Of) noexcept : Of(Of) {}
  GO_ROLE("rlock")
  void lock(Site At = Site::here())
      GO_THREAD_SAFETY(no_thread_safety_analysis) {
    Of.lock_shared(At);
  }
  GO_ROLE("runlock")
  void unlock(Site At = Site::here())
      GO_THREAD_SAFETY(no_thread_safety_analysis) {
    Of.unlock_shared(At);
  }

private:
  RWMutex &Of;
};

} // namespace go
#endif
