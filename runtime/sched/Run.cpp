// The life of a goroutine: new, running, parked, ready, finished.
#include "sched/Scheduler.h"

#include "platform/Futex.h"
#include "sched/Sanitizers.h"

#include <exception>
#include <new>

namespace heddle::sched {

DescribeException gDescribeException = nullptr;

// -- switching
// -------------------------------------------------------------------

void switchTo(Worker *W, Goroutine *From, Goroutine *To) {
  ExceptionState *Thread = W->Exceptions;
  (From ? From->Exceptions : W->SchedulerExceptions) = *Thread;
  *Thread = To ? To->Exceptions : W->SchedulerExceptions;
  if (From)
    From->Errno = *W->Errno;
  if (To)
    *W->Errno = To->Errno;
  if (To && !To->Started) {
    To->Started = true;
    if (W->Owner->bindsGoroutines())
      To->Home = W;
  }
  std::atomic_ref(W->Current).store(To, std::memory_order_relaxed);
  W->Switches.store(W->Switches.load(std::memory_order_relaxed) + 1,
                    std::memory_order_relaxed);
  if (gDetector)
    gDetector->strandSwitch(To ? To->DetectorStrand : nullptr);
  SavedContext *Save = From ? &From->Sp : &W->SchedulerSp;
  SavedContext Target = To ? To->Sp : W->SchedulerSp;
  if (__builtin_expect(!gAsan, true))
    return heddle_context_switch(Save, Target);
  const Stack &S = To ? To->Own : W->SchedulerStack;
  void **Fake = From ? &From->FakeStack : &W->SchedulerFake;
  bool Ends = From && !From->Run;
  asanLeave(Ends ? nullptr : Fake, S.Low, S.High);
  heddle_context_switch(Save, Target);
  asanArrive(*Fake);
}

void arrived() {
  Worker *W = currentWorker();
  if (void (*Post)(void *) = W->Post) {
    W->Post = nullptr;
    Post(W->PostArg);
  }
}

void Scheduler::leave(Worker *W, Goroutine *G) {
  Goroutine *To = nullptr;
  if (!controlled() && !Stopping.load(std::memory_order_relaxed) &&
      W->Tick % Worker::kFairTick)
    To = W->popOwn();
  switchTo(W, G, To);
  arrived();
}

// -- birth and end
// -------------------------------------------------------------------

namespace {

constexpr size_t kAlign = 64;

size_t roundUp(size_t N) { return (N + kAlign - 1) & ~(kAlign - 1); }

// Post of a goroutine that has ended: gives its stack, and itself, away.
void bury(void *P) {
  auto *G = static_cast<Goroutine *>(P);
  Stack S = G->Own;
  if (runsUnderTsan())
    destroyTsanFiber(G->DetectorStrand);
  G->~Goroutine();
  stackFree(S);
}

[[noreturn]] void finish(Goroutine *G) {
  Worker *W = currentWorker();
  Scheduler *S = W->Owner;
  S->remove(G);
  if (runsUnderTsan()) // see its forget()
    gDetector->release(G->Own.High);
  if (gDetector)
    gDetector->strandFinish(G->DetectorStrand);
  G->Run = nullptr;
  W->Retires = W->Solo; // it ends locked to its thread
  W->Post = &bury;
  W->PostArg = G;
  S->leave(W, G);
  __builtin_unreachable();
}

void runUser(Goroutine *G) {
  const char *What = nullptr;
  SourceSite ThrownAt;
  try {
    G->Run(G->Closure);
    return;
  } catch (const GoexitUnwind &Unwind) {
    Unwind.Delivered = true;
    return;
  } catch (...) {
    What = gDescribeException ? gDescribeException(ThrownAt) : "exception";
    panicked(What, ThrownAt);
  }
}

} // namespace

void goroutineEntry(void *P) {
  auto *G = static_cast<Goroutine *>(P);
  if (gAsan)
    asanArrive(nullptr);
  arrived();
  runUser(G);
  finish(G);
}

Goroutine *newGoroutine(size_t ClosureSize) {
  Scheduler &S = Scheduler::ensure();
  Stack Own = stackAlloc();
  if (!Own.Low)
    fatal("out of memory for goroutine stacks");
  if (gDetector)
    gDetector->forget(Own.Low, size_t(Own.High - Own.Low));
  char *Top = Own.High - roundUp(sizeof(Goroutine));
  auto *G = ::new (Top) Goroutine;
  G->Own = Own;
  G->Owner = &S;
  G->Closure = Top - roundUp(ClosureSize);
  G->Sp = contextMake(G->Closure, &goroutineEntry, G);
  return G;
}

void dropGoroutine(Goroutine *G) { bury(G); }

void startGoroutine(Goroutine *G, void (*Run)(void *), const char *Name,
                    SourceSite Site) {
  Scheduler *S = G->Owner;
  G->Run = Run;
  G->Name = Name;
  G->SpawnSite = Site;
  G->SpawnedBy = currentId();
  G->Id = S->newId();
  if (G->Id == 1) // reserved for main
    G->Id = S->newId();
  if (gDetector) {
    G->DetectorStrand = gDetector->strandCreate(G->Id, Name, Site);
    if (gDetector->stackBounds)
      gDetector->stackBounds(G->DetectorStrand, G->Own.Low, G->Own.High);
  }
  S->add(G);
  schedulePoint();
  S->submitFresh(G);
}

// -- parking
// -------------------------------------------------------------------------

Sleeper self() {
  Sleeper S;
  if (Worker *W = currentWorker(); W && W->Current) {
    S.G = W->Current;
    S.DetectorStrand = S.G->DetectorStrand;
    return S;
  }
  Scheduler::ensure();
  S.Thread = &plainThread();
  // Ordering: relaxed; the object's lock publishes it with the queue entry.
  S.Thread->Word.store(0, std::memory_order_relaxed);
  return S;
}

static void parkThread(const WaitInfo &Info, void (*Unlock)(void *),
                       void *Arg) {
  PlainThread &T = plainThread();
  T.Wait = &Info;
  Scheduler::PlainParked.fetch_add(1, std::memory_order_seq_cst);
  Unlock(Arg);
  if (Scheduler *S = Scheduler::get())
    S->checkAsleep();
  // Ordering: acquire pairs with the release store in ready().
  while (!T.Word.load(std::memory_order_acquire))
    futexWait(T.Word, 0);
  T.Wait = nullptr;
}

void park(const WaitInfo &Info, void (*Unlock)(void *), void *Arg) {
  if (gDetector)
    gDetector->blocking(Info.Kind, Info.Object, Info.Site);
  Worker *W = currentWorker();
  Goroutine *G = W ? W->Current : nullptr;
  if (!G) {
    parkThread(Info, Unlock, Arg);
  } else {
    G->Wait = &Info;
    // Ordering: release, both: a reader that finds the same odd value before
    // and after has read what was there in between.
    uint32_t Seq = G->WaitSeq.load(std::memory_order_relaxed);
    G->WaitSeq.store(Seq + 1, std::memory_order_release);
    if (gDetector)
      G->WaitSince = clockNow();
    W->Post = Unlock;
    W->PostArg = Arg;
    W->Owner->leave(W, G);
    G->WaitSeq.store(Seq + 2, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    G->Wait = nullptr;
  }
  if (gDetector)
    gDetector->unblocked();
}

void parkForever(const WaitInfo &Info) {
  self();
  for (;;)
    park(Info, [](void *) {}, nullptr);
}

void ready(const Sleeper &S) {
  if (S.G) {
    // One that a stopped world has left behind stays where it is.
    if (S.G->Owner == Scheduler::get())
      S.G->Owner->submitWoken(S.G);
    return;
  }
  Scheduler::PlainParked.fetch_sub(1, std::memory_order_seq_cst);
  PlainThread *T = S.Thread;
  T->Word.store(1, std::memory_order_release);
  futexWake(T->Word, 1);
}

// -- queries
// -------------------------------------------------------------------------

uint64_t currentId() {
  Worker *W = currentWorker();
  return W && W->Current ? W->Current->Id : 0;
}

int goroutineCount() {
  Scheduler *S = Scheduler::get();
  return S ? S->count() : 0;
}

uint64_t goroutinesMade() {
  return Scheduler::Made.load(std::memory_order_relaxed);
}

int workerCount(int N) {
  Scheduler &S = Scheduler::ensure();
  int Old = S.limit();
  if (N > 0)
    S.setWorkers(N);
  return Old;
}

} // namespace heddle::sched
