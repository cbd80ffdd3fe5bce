// How this process's address space is laid out, and a way to change it.
#ifndef HEDDLE_PLATFORM_ADDRESSSPACE_H
#define HEDDLE_PLATFORM_ADDRESSSPACE_H

#include <cstdint>

namespace heddle {

// True if two mappings of the process that lie far apart (the executable with
// its heap, the libraries, the stack) fall onto each other, or may when they
// grow, once their addresses are cut to Mask.
bool windowsCollide(uint64_t Mask);

// Runs the program from its beginning, at fixed addresses. Returns if that was
// done already or is not possible.
void restartWithoutRandomisation();

// Ends the process without running handlers.
[[noreturn]] void exitNow(int Code);

} // namespace heddle
#endif
