// Goroutine stacks: reserved at full size, resident as far as touched, pooled.
//
// Thread safety: all functions may be called on any thread at any time.
#ifndef HEDDLE_PLATFORM_STACK_H
#define HEDDLE_PLATFORM_STACK_H

#include <cstddef>
#include <cstdint>

namespace heddle {

inline constexpr size_t kStackSize = 256 * 1024; // the guard page included

// A stack grows down from High; the page below Low is the guard.
struct Stack {
  char *Low = nullptr;
  char *High = nullptr;
};

// Returns a stack, or one with null bounds when the address space or the
// kernel's count of mappings is used up. Its contents are unspecified.
Stack stackAlloc();
// Gives it back. At most kWarmStacks free ones keep their memory.
void stackFree(Stack S);
inline constexpr size_t kWarmStacks = 512;

// True if Addr lies in the guard page of a stack.
bool isStackGuard(uintptr_t Addr);

} // namespace heddle
#endif
