// Memory intrinsics: which become hooks, and which accesses the others make.
#ifndef HEDDLE_INSTRUMENTATION_INTRINSICS_H
#define HEDDLE_INSTRUMENTATION_INTRINSICS_H

#include "Access.h"
#include "Eligible.h"

#include "llvm/IR/IntrinsicInst.h"

namespace heddle {

// True if the back end may call the C library for I, so that a hook has to
// take its place.
bool isHookedIntrinsic(const llvm::AnyMemIntrinsic &I, Eligible &E);
void replaceIntrinsic(llvm::AnyMemIntrinsic &I, Hooks &H, ThreadBlock &Block);

// Appends the accesses of a memory intrinsic that stays.
void appendAccesses(llvm::AnyMemIntrinsic &I, Eligible &E,
                    llvm::SmallVectorImpl<Access> &Accesses);
// Appends the reads by which Call copies its byval arguments.
void appendCopies(llvm::CallBase &Call, Eligible &E,
                  llvm::SmallVectorImpl<Access> &Accesses);

// Splits masked, gathering, scattering, expanding and compressing accesses of F
// into lanes: appends one access for each, in a block that is executed only if
// the lane is enabled. Returns true if block structure has changed.
bool appendLanes(llvm::Function &F, Eligible &E,
                 llvm::SmallVectorImpl<Access> &Accesses);

} // namespace heddle
#endif
