// Call stacks, each kept once, as paths of a trie from the outermost frame.
//
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_EVENT_STACKDEPOT_H
#define HEDDLE_EVENT_STACKDEPOT_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Frames beyond this are left out of a stack, outermost first.
inline constexpr size_t kMaxStack = 256;
// Stands for the frames that were left out; always outermost.
inline constexpr uintptr_t kTruncated = 1;

bool initStackDepot();
void leaveFrames(uint32_t Count); // see detect/Presets.h

// Returns the id of the stack, 0 for an empty one. Pcs: return addresses,
// innermost first.
uint32_t internStack(const uintptr_t *Pcs, size_t Size);
// Stores up to Max return addresses, innermost first; returns how many.
size_t readStack(uint32_t Id, uintptr_t *Out, size_t Max);
// The innermost return address, 0 for the empty stack.
uintptr_t stackTop(uint32_t Id);

} // namespace heddle
#endif
