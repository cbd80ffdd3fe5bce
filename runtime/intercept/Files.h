// Descriptors as the interceptors of files share them.
#ifndef HEDDLE_INTERCEPT_FILES_H
#define HEDDLE_INTERCEPT_FILES_H

#include <cstdint>

namespace heddle {

// Fd, if not negative, begins with a clock of its own. Returns Fd.
int fileOpened(int Fd, uintptr_t Pc);

// The descriptor whose slot contains Addr, or -1.
int fileOfSlot(uintptr_t Addr);

} // namespace heddle
#endif
