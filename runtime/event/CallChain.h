// The functions that a strand is in, as far as they announce themselves: those
// of objects compiled for ThreadSanitizer's interface (abi/tsan/). Such objects
// may keep no frame pointers; the calling-context value comes from here.
//
// Invariants:
// - Stacks grow down, so an entry whose Sp lies below the code that runs now is
//   of a function that was left by longjmp.
// - Direct recursion, and that of two functions in turn, does not change the
//   context: recursion of any depth is one.
// Thread safety: a chain belongs to the strand that runs on it.
#ifndef HEDDLE_EVENT_CALLCHAIN_H
#define HEDDLE_EVENT_CALLCHAIN_H

#include <cstddef>
#include <cstdint>

namespace heddle {

struct Strand;

struct CallEntry {
  uintptr_t Pc;       // return address into the caller
  uintptr_t Function; // an address in the function
  uintptr_t Sp;       // lies below the function's frame
  uint64_t Context;   // calling-context value inside the function
  uint64_t Before;    // what it was in the caller
};

struct CallChain {
  CallEntry *Begin = nullptr; // the first entry stands for no function
  CallEntry *Top = nullptr;   // behind the innermost
  CallEntry *End = nullptr;

  bool empty() const { return Top - Begin <= 1; }
};

// Makes room for an entry and drops those that were left. False: no memory.
bool prepareChain(Strand &S, uintptr_t Sp);
// Drops the entries of functions that were left without notice, as seen from a
// frame at Sp.
void pruneChain(Strand &S, uintptr_t Sp);
void freeChain(CallChain &C);
// How many functions S is in.
size_t chainLength(const Strand &S);

// S enters the function at Function, called from before Pc. Sp is the frame of
// the hook that says so.
void enterFunction(Strand &S, uintptr_t Pc, uintptr_t Function, uintptr_t Sp);
void leaveFunction(Strand &S, uintptr_t Sp);

// Stores Pc, if not 0, and the return addresses of the chain as seen from a
// frame at Sp, innermost first; returns how many. Folds recursion like
// walkStack.
size_t readChain(const Strand &S, uintptr_t Pc, uintptr_t Sp, uintptr_t *Out,
                 size_t Max);

} // namespace heddle
#endif
