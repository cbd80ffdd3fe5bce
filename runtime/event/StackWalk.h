// Walks the frame pointers of the calling thread.
#ifndef HEDDLE_EVENT_STACKWALK_H
#define HEDDLE_EVENT_STACKWALK_H

#include <cstddef>
#include <cstdint>

namespace heddle {

struct Strand;

// S runs on the stack [Low, High) and no longer on its thread's own.
void setStackBounds(Strand &S, uintptr_t Low, uintptr_t High);

// The calling thread's own stack, empty if unknown. It is asked for when a
// thread starts: pthread_getattr_np holds a lock of the thread and allocates,
// so the allocation could not ask for it.
struct StackRange {
  uintptr_t Low, High;
};
StackRange ownStack();

// Whether the end of the stack at Addr is known.
bool isOnKnownStack(uintptr_t Addr);
// Whether both addresses lie on one stack of the calling thread.
bool onOneStack(uintptr_t A, uintptr_t B);

// Stores return addresses, innermost first, and returns how many. Frame is a
// __builtin_frame_address(0); the first address stored is that frame's return
// address. A cycle of up to 8 frames that repeats (recursion) is stored once;
// a stack cut short ends with kTruncated. Never faults: outside of known stacks
// memory is read through the kernel.
size_t walkStack(const void *Frame, uintptr_t *Out, size_t Max);
// The same, without the frames inside of the return address Pc: those of the
// runtime itself. Just Pc if the walk does not meet it.
size_t walkStackFrom(uintptr_t Pc, const void *Frame, uintptr_t *Out,
                     size_t Max);

} // namespace heddle
#endif
