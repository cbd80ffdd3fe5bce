// The OS threads of the process: who was created, joined, detached, ended.
//
// Thread safety: all functions may be called on any thread at any time.
#ifndef HEDDLE_DETECT_THREADS_H
#define HEDDLE_DETECT_THREADS_H

#include "event/Strand.h"

namespace heddle {

struct StrandRecord;

// A thread of the process. Entries are reused only after the thread has ended
// and was joined or detached.
struct ThreadEntry {
  ThreadEntry *Next;
  uintptr_t Handle; // pthread_t
  Strand *Who;
  const StrandRecord *Record;    // of Who; lives for ever
  uintptr_t StackLow, StackHigh; // 0 until it has started
  uintptr_t FirstFrame;          // above it on the stack: thread-local storage
  bool Ended;
  bool Detached;
  bool Announced; // the creator has stored the handle and lets go
};

// The creating thread: a new thread will run Who.
ThreadEntry *threadCreated(Strand *Who, bool Detached);
// pthread_create has failed.
void threadNotCreated(ThreadEntry *E);
// The creating thread's last word about it.
void threadHandleKnown(ThreadEntry *E, uintptr_t Handle);
// On the new thread, first and last action.
void threadStarted(ThreadEntry *E, uintptr_t Handle);
void threadEnded(ThreadEntry *E);
// The thread that can be joined by this handle, or null.
ThreadEntry *threadFind(uintptr_t Handle);
// A join with it succeeded / it is about to be detached. Null is no thread.
void threadJoined(ThreadEntry *E);
void threadDetached(ThreadEntry *E);
// The calling thread's entry, null for a thread that nobody announced.
ThreadEntry *threadSelf();

// Threads that have not ended, the main thread among them.
size_t liveThreads();
// The strand whose OS stack contains Addr, or null.
const StrandRecord *strandOfStack(uintptr_t Addr, bool &IsThreadLocal);
// The last strand on whose stack Addr lay, of those that are gone; or null.
const StrandRecord *strandOfEndedStack(uintptr_t Addr, bool &IsThreadLocal);
// [Begin, End) is mapped or unmapped: it is no stack of an ended thread.
void forgetEndedStacks(uintptr_t Begin, uintptr_t End);
// Stores the strands of the first Max ended threads that were neither joined
// nor detached; returns how many there are.
size_t leakedThreads(Strand **Out, size_t Max);
// The epoch that each thread is in now, or was in when it ended; returns how
// many were stored. For hints: a thread may be moving on.
size_t threadEpochs(uint64_t *Out, size_t Max);

// Around fork, on the calling thread, which is the only one of the child.
void threadsBeforeFork();
void threadsAfterFork(bool IsChild);

} // namespace heddle
#endif
