// The stack of the calling thread, by the unwind tables.
//
// Slower than a walk over frame pointers, and right also in code that keeps
// none, such as the system's libraries. For moments when a thread is about to
// block, or a report is made.
#ifndef HEDDLE_PLATFORM_UNWIND_H
#define HEDDLE_PLATFORM_UNWIND_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Stores return addresses, innermost first, beginning with Pc if it is found
// on the stack, else with the caller. Returns how many. Recursion is folded.
size_t unwindStack(uintptr_t Pc, uintptr_t *Out, size_t Max);

// Drops the last K of Size addresses if they repeat the K before them, for K up
// to 8. Returns how many are left.
size_t foldRecursion(const uintptr_t *Pcs, size_t Size);

} // namespace heddle
#endif
