// The pieces of a report in ThreadSanitizer's shape.
//
// Threads are numbered from T0, which is the main thread; goroutines keep
// their numbers. Each piece ends as ThreadSanitizer ends it.
#ifndef HEDDLE_REPORT_TSANSHAPE_H
#define HEDDLE_REPORT_TSANSHAPE_H

#include "report/Finding.h"

namespace heddle {

// 'main thread', 'thread T1', 'goroutine 7'.
std::string tsanStrand(uint64_t Id, bool IsGoroutine);
// '    #0 fn file:line:column (module+0xoffset)' for each frame, and an empty
// line. Without what lies outside main or the thread's function, and with the
// function of libc that the innermost frame called, if the runtime has it.
std::string tsanStack(StackRef Stack);
std::string tsanStack(const Frames &Stack);
// 'Thread T1 'name' (tid=5, running) created by main thread at:' and the stack;
// nothing for the main thread.
std::string tsanThread(const StrandInfo &Who);
// 'Location is ...'. Addr: of the access.
std::string tsanLocation(const Location &L, uintptr_t Addr);
// The first line of a report.
std::string tsanBegin(const std::string &Title);
// 'SUMMARY: ...' by the user's frame, and the line that ends a report.
std::string tsanEnd(const std::string &Title, const Frames &Stack);

// The mutexes of one report, numbered from M0.
class TsanMutexes {
public:
  // 'M0'. Made: where it was created, if known.
  std::string name(const void *Mutex, StackRef Made = {});
  // 'Mutex M0 (0x..) created at:' for each.
  std::string describe() const;
  // ' (mutexes: write M0, read M1)', or nothing.
  std::string held(const AccessInfo &A);

private:
  struct Entry {
    const void *Mutex;
    StackRef Made;
  };
  std::vector<Entry> All;
};

} // namespace heddle
#endif
