// Finds the functions that are not instrumented.
#include "Exclusion.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace heddle {

Exclusion::Exclusion(const Module &M) {
  addAnnotated(M);
  addResolvers(M);
}

void Exclusion::addAnnotated(const Module &M) {
  const GlobalVariable *List = M.getGlobalVariable("llvm.global.annotations");
  if (!List || !List->hasInitializer())
    return;
  for (const Use &Entry : List->getInitializer()->operands()) {
    auto *Fields = cast<Constant>(Entry);
    StringRef Text;
    auto *F = dyn_cast<Function>(Fields->getOperand(0)->stripPointerCasts());
    if (F && getConstantStringInfo(Fields->getOperand(1), Text) &&
        Text == kNoSanitize)
      Annotated.insert(F);
  }
}

// Resolvers of indirect functions run while the program is being relocated.
void Exclusion::addResolvers(const Module &M) {
  for (const GlobalIFunc &I : M.ifuncs())
    if (const Function *Resolver = I.getResolverFunction())
      Resolvers.insert(Resolver);
}

// Functions that the compiler makes for itself, and those that a thread may
// enter before its thread-local variables exist.
static bool isCompilersOwn(const Function &F) {
  StringRef Name = F.getName();
  return Name.starts_with("_ZTW") || Name.starts_with("__llvm_") ||
         Name.starts_with("asan.") || Name.starts_with("tsan.") ||
         Name.starts_with("heddle.");
}

bool Exclusion::containsByWish(const Function &F) const {
  return F.hasFnAttribute(Attribute::DisableSanitizerInstrumentation) ||
         Annotated.contains(&F);
}

bool Exclusion::contains(const Function &F) const {
  return F.isDeclaration() || F.hasAvailableExternallyLinkage() ||
         F.hasFnAttribute(Attribute::Naked) || isCompilersOwn(F) ||
         Resolvers.contains(&F) || containsByWish(F);
}

} // namespace heddle
