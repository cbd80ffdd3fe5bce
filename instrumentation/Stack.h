// Stack variables whose address escapes: where their life begins.
#ifndef HEDDLE_INSTRUMENTATION_STACK_H
#define HEDDLE_INSTRUMENTATION_STACK_H

#include "Eligible.h"
#include "Hooks.h"

namespace heddle {

// Calls heddle_stack_begin for each escaping alloca and byval argument of F:
// at its lifetime markers, or where it is allocated if it has none.
void beginStackLives(llvm::Function &F, Eligible &E, Hooks &H);

} // namespace heddle
#endif
