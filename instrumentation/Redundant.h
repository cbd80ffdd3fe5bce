// Checks that another check of the same function makes unnecessary.
#ifndef HEDDLE_INSTRUMENTATION_REDUNDANT_H
#define HEDDLE_INSTRUMENTATION_REDUNDANT_H

#include "Access.h"
#include "Eligible.h"

#include "llvm/Analysis/LoopInfo.h"

namespace heddle {

// Removes accesses whose races other accesses of the list report as well.
void removeRedundant(llvm::Function &F, llvm::LoopInfo &Loops, Eligible &E,
                     llvm::SmallVectorImpl<Access> &Accesses);

} // namespace heddle
#endif
