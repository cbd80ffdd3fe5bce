// Makes one check of checks that lie side by side.
#ifndef HEDDLE_INSTRUMENTATION_NEIGHBOURS_H
#define HEDDLE_INSTRUMENTATION_NEIGHBOURS_H

#include "Access.h"

namespace heddle {

void mergeNeighbours(llvm::Function &F,
                     llvm::SmallVectorImpl<Access> &Accesses);

} // namespace heddle
#endif
