// Which loaded modules hold code with checks, ours or ThreadSanitizer's.
//
// Thread safety: all functions may be called on any thread at any time.
#ifndef HEDDLE_PLATFORM_CHECKEDMODULES_H
#define HEDDLE_PLATFORM_CHECKEDMODULES_H

#include <cstdint>

namespace heddle {

// True if the module at Pc calls heddle_init or __tsan_init, as the constructor
// of each object with checks does. The runtime itself has none.
bool isCheckedModule(uintptr_t Pc);
// A module was unloaded: another one may come in its place.
void forgetCheckedModules();

} // namespace heddle
#endif
