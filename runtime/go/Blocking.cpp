// Entry points into the scheduler's solo workers.
#include "go/Blocking.h"

#include "sched/Sched.h"

namespace sched = heddle::sched;

namespace go {
namespace detail {
void runBlocking(void (*Run)(void *), void *Call) {
  sched::runBlocking(Run, Call);
}
} // namespace detail

void lockOsThread() { sched::lockThread(); }
void unlockOsThread() { sched::unlockThread(); }

} // namespace go
