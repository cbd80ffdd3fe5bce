// What this OS thread is doing: the only thread-local state of the scheduler.
//
// Every access is a call that cannot be inlined: a goroutine may go on on
// another OS thread, and a compiler may keep the address of a thread-local
// variable across the switch (llvm#98479).
#ifndef HEDDLE_SCHED_CURRENT_H
#define HEDDLE_SCHED_CURRENT_H

#include "sched/Goroutine.h"

namespace heddle::sched {

struct Timer;

// The worker that runs on this thread; null on plain threads.
Worker *currentWorker();
void setCurrentWorker(Worker *W);

// The timer whose Fire runs on this thread, or null.
Timer *firingTimer();
void setFiringTimer(Timer *T);

// A plain thread that has used go::; made at first use, gone with the thread.
struct PlainThread {
  std::atomic<uint32_t> Word{0}; // 0: asleep or about to sleep, 1: made ready
  const WaitInfo *Wait = nullptr;
  PlainThread();
  ~PlainThread();
};
PlainThread &plainThread();

// A random number below Count for free runs; any thread.
uint32_t freeRandom(uint32_t Count);

} // namespace heddle::sched
#endif
