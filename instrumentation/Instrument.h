// Instruments one function.
#ifndef HEDDLE_INSTRUMENTATION_INSTRUMENT_H
#define HEDDLE_INSTRUMENTATION_INSTRUMENT_H

#include "Hooks.h"

#include "llvm/IR/PassManager.h"

namespace heddle {

void instrument(llvm::Function &F, llvm::FunctionAnalysisManager &Analyses,
                Hooks &H);

} // namespace heddle
#endif
