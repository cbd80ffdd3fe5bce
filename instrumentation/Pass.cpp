// The module pass: which functions are instrumented, and when.
#include "Exclusion.h"
#include "Instrument.h"

#include "heddle/Abi.h"

#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/PassPlugin.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace heddle {
namespace {

constexpr StringLiteral kPassName = "heddle";
constexpr StringLiteral kDone = "heddle.instrumented";
constexpr StringLiteral kNoSpeculation = "heddle-no-speculation";
constexpr int kFirst = 1; // before the user's constructors

void addConstructor(Module &M) {
  Type *I32 = Type::getInt32Ty(M.getContext());
  auto [Constructor, Init] = createSanitizerCtorAndInitFunctions(
      M, "heddle.module_ctor", "heddle_init", {I32},
      {ConstantInt::get(I32, HEDDLE_ABI_VERSION)});
  appendToGlobalCtors(M, Constructor, kFirst);
}

// A load that the optimiser moves above its condition races where the source
// reads nothing. LLVM leaves loads alone in functions with sanitize_thread; the
// second attribute tells ours from those of clang's own sanitizer.
void forbidSpeculation(Function &F) {
  if (F.isDeclaration() || F.hasFnAttribute(Attribute::SanitizeThread))
    return;
  F.addFnAttr(Attribute::SanitizeThread);
  F.addFnAttr(kNoSpeculation);
}
void allowSpeculation(Function &F) {
  if (!F.hasFnAttribute(kNoSpeculation))
    return;
  F.removeFnAttr(Attribute::SanitizeThread);
  F.removeFnAttr(kNoSpeculation);
}

class InstrumentationPass : public PassInfoMixin<InstrumentationPass> {
public:
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &Modules) {
    if (M.getNamedMetadata(kDone))
      return PreservedAnalyses::all();
    M.getOrInsertNamedMetadata(kDone);
    Exclusion Excluded(M);
    auto &Functions =
        Modules.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
    Hooks H(M);
    bool Changed = false;
    for (Function &F : M) {
      allowSpeculation(F);
      if (!Excluded.contains(F)) {
        instrument(F, Functions, H);
        Changed = true;
      }
    }
    if (Changed)
      addConstructor(M);
    return PreservedAnalyses::none();
  }

  static bool isRequired() { return true; }
};

// Runs before the optimiser. An excluded function that is inlined would be
// instrumented in its callers.
class PreparationPass : public PassInfoMixin<PreparationPass> {
public:
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    Exclusion Excluded(M);
    for (Function &F : M) {
      forbidSpeculation(F);
      if (Excluded.containsByWish(F) &&
          !F.hasFnAttribute(Attribute::AlwaysInline))
        F.addFnAttr(Attribute::NoInline);
    }
    return PreservedAnalyses::all();
  }

  static bool isRequired() { return true; }
};

void registerCallbacks(PassBuilder &Builder) {
  Builder.registerPipelineStartEPCallback(
      [](ModulePassManager &Passes, OptimizationLevel) {
        Passes.addPass(PreparationPass());
      });
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
