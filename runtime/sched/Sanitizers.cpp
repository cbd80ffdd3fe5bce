// The adapters to ThreadSanitizer and AddressSanitizer.
//
// go:: itself is not instrumented, so both see the users' accesses only; the
// happens-before edges reach ThreadSanitizer through the same hooks that serve
// Heddle's detector. Its fibers are the strands, switched without an edge.
#include "sched/Sanitizers.h"

#include "base/Hooks.h"

#include <cstddef>
#include <cstdint>

#define WEAK __attribute__((weak))

extern "C" {
WEAK void *__tsan_get_current_fiber(void);
WEAK void *__tsan_create_fiber(unsigned Flags);
WEAK void __tsan_destroy_fiber(void *Fiber);
WEAK void __tsan_switch_to_fiber(void *Fiber, unsigned Flags);
WEAK void __tsan_acquire(void *Addr);
WEAK void __tsan_release(void *Addr);
WEAK void __tsan_read_range(void *Addr, unsigned long Size);
WEAK void __tsan_write_range(void *Addr, unsigned long Size);
WEAK void AnnotateIgnoreReadsBegin(const char *File, int Line);
WEAK void AnnotateIgnoreReadsEnd(const char *File, int Line);
WEAK void AnnotateIgnoreWritesBegin(const char *File, int Line);
WEAK void AnnotateIgnoreWritesEnd(const char *File, int Line);
WEAK void __sanitizer_start_switch_fiber(void **Save, const void *Bottom,
                                         size_t Size);
WEAK void __sanitizer_finish_switch_fiber(void *Saved, const void **OldBottom,
                                          size_t *OldSize);
WEAK void __asan_init(void);
}

namespace heddle::sched {
namespace {

constexpr unsigned kNoEdge = 1;
bool Tsan = false;
thread_local void *ThreadFiber = nullptr;

void *addr(const void *P) { return const_cast<void *>(P); }

Strand *strandCreate(uint64_t, const char *, SourceSite) {
  return static_cast<Strand *>(__tsan_create_fiber(0));
}
// Thread-local variables are made by their thread and destroyed by it, and used
// by the goroutines that run on it: the start of a thread is ordered before
// those, and its end after them. Their addresses are the clocks.
thread_local char ThreadStart, ThreadEnd;
[[gnu::noinline]] void strandSwitch(Strand *S) {
  asm volatile("" ::: "memory");
  void *From = __tsan_get_current_fiber();
  if (!ThreadFiber) {
    ThreadFiber = From;
    __tsan_release(&ThreadStart);
  }
  void *To = S ? reinterpret_cast<void *>(S) : ThreadFiber;
  if (To == From)
    return;
  if (From != ThreadFiber)
    __tsan_release(&ThreadEnd);
  __tsan_switch_to_fiber(To, kNoEdge);
  if (S)
    __tsan_acquire(&ThreadStart);
}
// A fiber cannot be destroyed while it runs: see destroyTsanFiber.
void strandFinish(Strand *) {}
Strand *currentStrand() {
  return static_cast<Strand *>(__tsan_get_current_fiber());
}
void acquire(const void *A) { __tsan_acquire(addr(A)); }
void release(const void *A) { __tsan_release(addr(A)); }
// It cannot forget: a stack's next user is ordered after its last one instead.
void forget(const void *A, size_t N) {
  __tsan_acquire(static_cast<char *>(addr(A)) + N);
}
void pass(Strand *S, InlineClock &Clock) {
  Strand *Self = currentStrand();
  if (S)
    strandSwitch(S);
  acquire(&Clock);
  release(&Clock);
  if (S)
    strandSwitch(Self);
}
void meet(Strand *Partner, const void *At) {
  Strand *Self = currentStrand();
  release(At);
  strandSwitch(Partner);
  acquire(At);
  release(At);
  strandSwitch(Self);
  acquire(At);
}
void learn(const InlineClock &Clock) { acquire(&Clock); }
void publish(InlineClock &Clock) { release(&Clock); }
void drop(InlineClock &) {}
void readRange(const void *A, size_t N) { __tsan_read_range(addr(A), N); }
void writeRange(const void *A, size_t N) { __tsan_write_range(addr(A), N); }
void ignoreBegin() {
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
}
void ignoreEnd() {
  AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}
void locked(const void *Lock, bool, SourceSite) { acquire(Lock); }
void unlocking(const void *Lock, bool Exclusive) {
  if (Exclusive)
    release(Lock);
}
void blocking(WaitKind, const void *, SourceSite) {}
void unblocked() {}
void reportBlocked(BlockedVerdict, const BlockedStrand *, size_t) {}
void reportMisuse(MisuseKind, const void *, SourceSite, SourceSite) {}
bool isOrdered(const void *) { return true; }
int exitCode(int Code) { return Code; }

const DetectorHooks TsanHooks = {
    .strandCreate = strandCreate,
    .strandSwitch = strandSwitch,
    .strandFinish = strandFinish,
    .currentStrand = currentStrand,
    .acquire = acquire,
    .release = release,
    .releaseStore = release,
    .forget = forget,
    .pass = pass,
    .meet = meet,
    .learn = learn,
    .publish = publish,
    .drop = drop,
    .readRange = readRange,
    .writeRange = writeRange,
    .ignoreBegin = ignoreBegin,
    .ignoreEnd = ignoreEnd,
    .locked = locked,
    .unlocking = unlocking,
    .blocking = blocking,
    .unblocked = unblocked,
    .reportBlocked = reportBlocked,
    .reportMisuse = reportMisuse,
    .isOrdered = isOrdered,
    .exitCode = exitCode,
    .stackBounds = nullptr,
};

} // namespace

bool gAsan = false;

bool runsUnderTsan() { return Tsan; }

bool mayBeWatched() { return gDetector || __tsan_create_fiber; }

void adoptSanitizer() {
  gAsan = __asan_init && __sanitizer_start_switch_fiber;
  if (gDetector || !__tsan_create_fiber || !__tsan_acquire)
    return;
  Tsan = true;
  gDetector = &TsanHooks;
  gRuntimeThreads.fetch_add(1); // ThreadSanitizer's own
}

void endTsanThread() { __tsan_acquire(&ThreadEnd); }

void destroyTsanFiber(Strand *S) {
  if (S)
    __tsan_destroy_fiber(S);
}

void asanLeave(void **Save, const void *Low, const void *High) {
  __sanitizer_start_switch_fiber(
      Save, Low,
      size_t(static_cast<const char *>(High) - static_cast<const char *>(Low)));
}
void asanArrive(void *Saved) {
  __sanitizer_finish_switch_fiber(Saved, nullptr, nullptr);
}

} // namespace heddle::sched
