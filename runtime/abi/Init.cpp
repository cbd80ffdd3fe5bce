// The thread block's distance from the thread pointer, and the way in for
// instrumented modules.
#include "detect/Init.h"

#include "abi/Access.h"
#include "base/Check.h"

using namespace heddle;

// Written once, before instrumented code runs. To everybody else a constant,
// hence under a name of its own here.
extern "C" __attribute__((visibility("default")))
int64_t BlockOffset asm("heddle_block_offset");
int64_t BlockOffset = 0;

static void setBlockOffset() {
  BlockOffset = reinterpret_cast<char *>(&heddle_thread_block) -
                static_cast<char *>(__builtin_thread_pointer());
}

// Before the constructors of the program and of its other libraries.
__attribute__((constructor(101))) static void initialiseAtLoad() {
  setBlockOffset();
  ensureInitialised();
  currentStrand();
}

HEDDLE_EXPORT void heddle_init(int AbiVersion) {
  if (AbiVersion != HEDDLE_ABI_VERSION)
    printError("heddle: a module was instrumented for another version of "
               "heddle; next step: build it again");
  setBlockOffset();
  ensureInitialised();
}
