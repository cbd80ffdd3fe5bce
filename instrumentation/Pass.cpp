// The module pass: which functions are instrumented, and when.
#include "Instrument.h"

#include "heddle/Abi.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Constants.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/PassPlugin.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace heddle {
namespace {

constexpr StringLiteral kPassName = "heddle";
constexpr StringLiteral kNoSanitize = "heddle:no_sanitize";
constexpr StringLiteral kDone = "heddle.instrumented";
constexpr int kFirst = 1; // before the user's constructors

using FunctionSet = SmallPtrSet<const Function *, 8>;

// The functions that the user marked [[clang::annotate(kNoSanitize)]].
void addAnnotated(const Module &M, FunctionSet &Set) {
  const GlobalVariable *List = M.getGlobalVariable("llvm.global.annotations");
  if (!List || !List->hasInitializer())
    return;
  for (const Use &Entry : List->getInitializer()->operands()) {
    StringRef Text;
    if (getConstantStringInfo(cast<Constant>(Entry)->getOperand(1), Text) &&
        Text == kNoSanitize)
      if (auto *F = dyn_cast<Function>(
              cast<Constant>(Entry)->getOperand(0)->stripPointerCasts()))
        Set.insert(F);
  }
}

// Resolvers of indirect functions run while the program is being relocated.
void addResolvers(const Module &M, FunctionSet &Set) {
  for (const GlobalIFunc &I : M.ifuncs())
    if (const Function *Resolver = I.getResolverFunction())
      Set.insert(Resolver);
}

// Functions that the compiler makes for itself, and those that a thread may
// enter before its thread-local variables exist.
bool isCompilersOwn(const Function &F) {
  StringRef Name = F.getName();
  return Name.starts_with("_ZTW") || Name.starts_with("__llvm_") ||
         Name.starts_with("asan.") || Name.starts_with("tsan.") ||
         Name.starts_with("heddle.");
}

bool isInstrumented(const Function &F, const FunctionSet &Excluded) {
  return !F.isDeclaration() && !F.hasAvailableExternallyLinkage() &&
         !F.hasFnAttribute(Attribute::Naked) &&
         !F.hasFnAttribute(Attribute::DisableSanitizerInstrumentation) &&
         !isCompilersOwn(F) && !Excluded.contains(&F);
}

void addConstructor(Module &M) {
  Type *I32 = Type::getInt32Ty(M.getContext());
  auto [Constructor, Init] = createSanitizerCtorAndInitFunctions(
      M, "heddle.module_ctor", "heddle_init", {I32},
      {ConstantInt::get(I32, HEDDLE_ABI_VERSION)});
  appendToGlobalCtors(M, Constructor, kFirst);
}

class InstrumentationPass : public PassInfoMixin<InstrumentationPass> {
public:
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &Modules) {
    if (M.getNamedMetadata(kDone))
      return PreservedAnalyses::all();
    M.getOrInsertNamedMetadata(kDone);
    FunctionSet Excluded;
    addAnnotated(M, Excluded);
    addResolvers(M, Excluded);
    auto &Functions =
        Modules.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
    Hooks H(M);
    bool Changed = false;
    for (Function &F : M)
      if (isInstrumented(F, Excluded)) {
        instrument(F, Functions, H);
        Changed = true;
      }
    if (Changed)
      addConstructor(M);
    return PreservedAnalyses::none();
  }

  static bool isRequired() { return true; }
};

void registerCallbacks(PassBuilder &Builder) {
  Builder.registerOptimizerLastEPCallback(
      [](ModulePassManager &Passes, OptimizationLevel) {
        Passes.addPass(InstrumentationPass());
      });
  Builder.registerPipelineParsingCallback(
      [](StringRef Name, ModulePassManager &Passes,
         ArrayRef<PassBuilder::PipelineElement>) {
        if (Name != kPassName)
          return false;
        Passes.addPass(InstrumentationPass());
        return true;
      });
}

} // namespace
} // namespace heddle

extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, heddle::kPassName.data(), "1",
          heddle::registerCallbacks};
}
