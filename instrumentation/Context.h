// The calling context: which calls pass one on, and how it is computed.
#ifndef HEDDLE_INSTRUMENTATION_CONTEXT_H
#define HEDDLE_INSTRUMENTATION_CONTEXT_H

#include "ThreadBlock.h"

namespace heddle {

// True if Call may reach instrumented code or an interceptor.
bool passesContext(const llvm::CallBase &Call);

// Stores 3 * V + Site (Abi.h) before each of the calls of F.
void passContext(llvm::Function &F, llvm::ArrayRef<llvm::CallBase *> Calls,
                 ThreadBlock &Block);

} // namespace heddle
#endif
