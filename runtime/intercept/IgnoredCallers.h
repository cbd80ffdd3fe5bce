// Libraries that the user vouches for: what libc's functions access when they
// are called from there is not recorded. What such a library synchronises
// stays known, as it orders the rest of the program.
#ifndef HEDDLE_INTERCEPT_IGNOREDCALLERS_H
#define HEDDLE_INTERCEPT_IGNOREDCALLERS_H

#include <cstdint>

namespace heddle {

extern bool gIgnoresCallers; // written before there is a second thread

// Every module, loaded now or later, whose path matches Pattern (see
// base/Pattern.h). Pattern lives for ever. Requires: before there is a
// second thread.
void ignoreCallersFrom(const char *Pattern);

// True if Pc lies in such a module. Thread safety: any thread, any time.
[[gnu::cold]] bool isIgnoredCaller(uintptr_t Pc);

} // namespace heddle
#endif
