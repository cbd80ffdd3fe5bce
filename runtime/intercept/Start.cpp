// Switches the interceptors on, and finds the functions behind them.
#include "intercept/Start.h"

#include "detect/Deadlock.h"
#include "detect/Heap.h"
#include "detect/Options.h"
#include "detect/Presets.h"
#include "event/Alone.h"
#include "intercept/Interceptor.h"

#include <dlfcn.h>

namespace heddle {

bool gIntercepting = false;

void *findReal(const char *Name, const char *Version) {
  return Version ? dlvsym(RTLD_NEXT, Name, Version) : dlsym(RTLD_NEXT, Name);
}

void startInterceptors() {
  heddle_init(HEDDLE_ABI_VERSION);
  heapInit();
  prepareMemoryFunctions();
  prepareFiles();
  watchExit();
  watchFork();
  watchMainThread();
  watchQuitSignal();
  watchSignals();
  gIntercepting = heapReady();
  if (gOptions.LeaveCounters > 0)
    leaveOfEach(uint32_t(gOptions.LeaveCounters));
  if (!gOptions.RecordAlone)
    allowAlone();
}

} // namespace heddle
