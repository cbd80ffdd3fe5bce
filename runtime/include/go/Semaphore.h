// Semaphore hands out up to a number of units, to waiters in order of arrival.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int main() {
//     return go::main([] {
//       go::Semaphore Memory(100);              // 100 units in all
//       auto Ctx = go::withTimeout(go::background(), 1s);
//       if (go::Error Err = Memory.acquire(Ctx, 60))
//         return std::printf("%s\n", Err.message());
//       bool More = Memory.tryAcquire(60);      // only 40 are left
//       std::printf("%d\n", More);              // prints 0
//       Memory.release(60);
//       return 0;
//     });
//   }
//
// One that waits for many units holds up all that come after it, also those
// that want few: so none starves. More than all there are can never be had.
//
// Happens-before: each release -> every acquire that succeeds after it.
#ifndef GO_SEMAPHORE_H
#define GO_SEMAPHORE_H

#include "go/Context.h"
#include "go/Error.h"
#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

#include <cstdint>

namespace go {

class GO_EXPORT Semaphore {
public:
  constexpr explicit Semaphore(std::int64_t Size) noexcept : Size(Size) {}
  Semaphore(const Semaphore &) = delete;
  Semaphore &operator=(const Semaphore &) = delete;
  ~Semaphore();

  // Takes N units. Blocks: until they are free, or Ctx is done. Returns none if
  // it has them, else what Ctx.err() says; that too if they are free but Ctx is
  // done already.
  GO_ROLE("sem_acquire")
  Error acquire(const Context &Ctx, std::int64_t N = 1, Site At = Site::here());
  // The same without a way out.
  GO_ROLE("sem_acquire")
  void acquire(std::int64_t N = 1, Site At = Site::here());
  // Takes N units if they are free and nobody waits. No edge on failure.
  GO_ROLE("sem_try_acquire") bool tryAcquire(std::int64_t N = 1);
  // Gives N units back. Errors: panics with "semaphore: released more than
  // held".
  GO_ROLE("sem_release")
  void release(std::int64_t N = 1, Site At = Site::here());

private:
  struct Demand;
  bool take(std::int64_t N);
  void grant(detail::WaitQueue &Granted);
  void wake(detail::WaitQueue &Granted, Site At);
  Error wait(Demand &D, const RecvChan<Unit> &Ready, const Context &Ctx,
             Site At);

  const std::int64_t Size;
  std::int64_t Taken = 0;    // guarded by Waiters.Lock, as the queue
  detail::WaitQueue Waiters; // Demands, in order of arrival
};

} // namespace go
#endif
