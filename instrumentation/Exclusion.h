// Which functions of a module are not instrumented.
#ifndef HEDDLE_INSTRUMENTATION_EXCLUSION_H
#define HEDDLE_INSTRUMENTATION_EXCLUSION_H

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringRef.h"

namespace llvm {
class Function;
class Module;
} // namespace llvm

namespace heddle {

// The text of [[clang::annotate(...)]] on a function that wants none.
inline constexpr llvm::StringLiteral kNoSanitize = "heddle:no_sanitize";

class Exclusion {
public:
  explicit Exclusion(const llvm::Module &M);

  // Excluded by what the user wrote: no_sanitize("heddle" or "thread"),
  // disable_sanitizer_instrumentation, or the annotation.
  bool containsByWish(const llvm::Function &F) const;
  // Excluded for any reason, such as having no body.
  bool contains(const llvm::Function &F) const;

private:
  void addAnnotated(const llvm::Module &M);
  void addResolvers(const llvm::Module &M);

  llvm::SmallPtrSet<const llvm::Function *, 8> Annotated;
  llvm::SmallPtrSet<const llvm::Function *, 2> Resolvers;
};

} // namespace heddle
#endif
