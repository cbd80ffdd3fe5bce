// Thread-local state, behind calls that are never inlined.
#include "sched/Current.h"

#include "sched/Random.h"
#include "sched/Scheduler.h"

#include <ctime>

namespace heddle::sched {
namespace {
thread_local Worker *ThisWorker = nullptr;
thread_local Timer *ThisTimer = nullptr;
} // namespace

[[gnu::noinline]] Worker *currentWorker() {
  asm volatile("" ::: "memory");
  return ThisWorker;
}
[[gnu::noinline]] void setCurrentWorker(Worker *W) {
  asm volatile("" ::: "memory");
  ThisWorker = W;
}
[[gnu::noinline]] Timer *firingTimer() {
  asm volatile("" ::: "memory");
  return ThisTimer;
}
[[gnu::noinline]] void setFiringTimer(Timer *T) {
  asm volatile("" ::: "memory");
  ThisTimer = T;
}

PlainThread::PlainThread() {
  Scheduler::PlainThreads.fetch_add(1, std::memory_order_seq_cst);
}
PlainThread::~PlainThread() {
  Scheduler::PlainThreads.fetch_sub(1, std::memory_order_seq_cst);
  if (Scheduler *S = Scheduler::get())
    S->checkAsleep();
}

[[gnu::noinline]] PlainThread &plainThread() {
  thread_local PlainThread T;
  asm volatile("" ::: "memory");
  return T;
}

[[gnu::noinline]] uint32_t freeRandom(uint32_t Count) {
  if (Worker *W = currentWorker())
    return W->Numbers.below(Count);
  thread_local Random Numbers(reinterpret_cast<uintptr_t>(&ThisWorker) ^
                              uint64_t(time(nullptr)));
  return Numbers.below(Count);
}

} // namespace heddle::sched
