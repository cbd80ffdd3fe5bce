// Entry points into the scheduler.
#include "go/Spawn.h"

#include "go/Main.h"
#include "go/Panic.h"
#include "go/Waiter.h"

namespace sched = heddle::sched;

namespace go {
namespace detail {

void describePanics(); // Panic.cpp

NewGoroutine spawnBegin(size_t Size) {
  describePanics();
  sched::Goroutine *G = sched::newGoroutine(Size);
  return {G, G->Closure};
}

void spawnCommit(NewGoroutine G, void (*Run)(void *), const char *Name,
                 Site At) {
  sched::startGoroutine(static_cast<sched::Goroutine *>(G.Handle), Run, Name,
                        toSite(At));
}

void spawnAbort(NewGoroutine G) noexcept {
  sched::dropGoroutine(static_cast<sched::Goroutine *>(G.Handle));
}

void panicNilFunction(Site At) { throw Panic("go of nil func value", At); }

int runMain(int (*Run)(void *), void *Fn, Site At) {
  describePanics();
  return sched::runMain(Run, Fn, toSite(At));
}

} // namespace detail

void yield() { sched::yield(); }
int numGoroutine() { return sched::goroutineCount(); }
int maxProcs(int N) { return sched::workerCount(N); }
uint64_t goroutineId() { return sched::currentId(); }

} // namespace go
