// Calls of functions that the program defines.
#include "report/ProgramCallbacks.h"

#include <atomic>

#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default"), used))

// Null unless the program defines them.
extern "C" {
[[gnu::weak]] __attribute__((visibility("default"))) void
__tsan_on_initialize();
[[gnu::weak]] __attribute__((visibility("default"))) int
__tsan_on_finalize(int Failed);
}

namespace heddle {

static constinit std::atomic<void (*)()> gDeathCallback{nullptr};

void tellInitialised() {
  if (__tsan_on_initialize)
    __tsan_on_initialize();
}

bool askFinalise(bool Failed) {
  return __tsan_on_finalize ? __tsan_on_finalize(Failed) != 0 : Failed;
}

void tellDeath() {
  if (auto *Callback = gDeathCallback.exchange(nullptr))
    Callback();
}

} // namespace heddle

HEDDLE_EXPORT void __sanitizer_set_death_callback(void (*Callback)()) {
  heddle::gDeathCallback = Callback;
}
