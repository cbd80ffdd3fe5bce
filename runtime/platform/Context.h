// Switching between stacks on one OS thread.
//
// Saved: the callee-saved registers and the floating-point control words, as
// the System V ABI asks of a call; everything else is the caller's to save.
// Not saved: the signal mask, thread-local storage, exception state.
#ifndef HEDDLE_PLATFORM_CONTEXT_H
#define HEDDLE_PLATFORM_CONTEXT_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// A stack pointer below which a context's registers are saved.
using SavedContext = void *;

// Prepares a stack that grows down from Top so that the first switch to the
// result calls Entry(Arg). Requires: Entry does not return.
SavedContext contextMake(void *Top, void (*Entry)(void *), void *Arg);

// Saves the running context in *From and goes on with To.
extern "C" void heddle_context_switch(SavedContext *From, SavedContext To);

// Where a saved context goes on, and its frame pointer, for a stack walk.
uintptr_t contextPc(SavedContext C);
uintptr_t contextFramePointer(SavedContext C);

// Walks frame pointers from Fp while they rise within [Low, High); stores Pc
// and the return addresses, innermost first. Returns how many.
size_t walkFrames(uintptr_t Pc, uintptr_t Fp, uintptr_t Low, uintptr_t High,
                  uintptr_t *Out, size_t Max);

} // namespace heddle
#endif
