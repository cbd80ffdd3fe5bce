// Checks of loops that walk over an array: one for the whole range.
#ifndef HEDDLE_INSTRUMENTATION_RANGES_H
#define HEDDLE_INSTRUMENTATION_RANGES_H

#include "Access.h"

#include "llvm/IR/PassManager.h"

namespace heddle {

// Moves checks of accesses in loops to before the loops where the bytes that
// the loop will access are known there. Adds code that computes the ranges.
void hoistRanges(llvm::Function &F, llvm::FunctionAnalysisManager &Analyses,
                 llvm::SmallVectorImpl<Access> &Accesses);

} // namespace heddle
#endif
