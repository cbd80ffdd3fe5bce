// Declares the hooks of Abi.def in a module and calls them.
#include "Hooks.h"

using namespace llvm;

namespace heddle {
namespace {

constexpr StringLiteral kPrefix = "heddle_";

class TypeTable {
public:
  TypeTable(LLVMContext &C, unsigned ValueBits)
      : Void(Type::getVoidTy(C)), Ptr(PointerType::getUnqual(C)),
        I32(Type::getInt32Ty(C)), I64(Type::getInt64Ty(C)),
        Val(Type::getIntNTy(C, ValueBits)) {}

  Type *Void, *Ptr, *I32, *I64, *Val;
};

// The signature of a hook: result first.
struct Signature {
  StringRef Name;
  bool Hot;
  SmallVector<Type *, 8> Types;
};

Signature signatureOf(Hook H, LLVMContext &C) {
  TypeTable T(C, 64);
  auto [Void, Ptr, I32, I64, Val] = T;
  constexpr bool Hot = true, Plain = false;
  switch (H) {
#define HEDDLE_HOOK(Enumerator, Symbol, Convention, Result, ...)               \
  case Hook::Enumerator:                                                       \
    return {Symbol, Convention, {Result, __VA_ARGS__}};
#include "Abi.def"
  }
  llvm_unreachable("not a hook");
}

Signature signatureOf(AtomicHook H, unsigned Bits, LLVMContext &C) {
  TypeTable T(C, Bits);
  auto [Void, Ptr, I32, I64, Val] = T;
  switch (H) {
#define HEDDLE_ATOMIC(Enumerator, Operation, Result, ...)                      \
  case AtomicHook::Enumerator:                                                 \
    return {Operation, false, {Result, __VA_ARGS__}};
#include "Abi.def"
  }
  llvm_unreachable("not an atomic hook");
}

FunctionType *typeOf(const Signature &S) {
  return FunctionType::get(S.Types[0], ArrayRef(S.Types).drop_front(), false);
}

CallInst *emit(IRBuilderBase &B, FunctionCallee Callee,
               ArrayRef<Value *> Args) {
  CallInst *Call = B.CreateCall(Callee, Args);
  if (auto *F = dyn_cast<Function>(Callee.getCallee()))
    Call->setCallingConv(F->getCallingConv());
  Call->setDoesNotThrow();
  return Call;
}

} // namespace

// nonlazybind is needed for correctness, not only for speed: the dynamic
// linker's lazy resolver does not keep the registers that preserve_most keeps.
FunctionCallee Hooks::declare(StringRef Symbol, FunctionType *T, bool Hot) {
  FunctionCallee Callee = M.getOrInsertFunction(Symbol, T);
  if (auto *F = dyn_cast<Function>(Callee.getCallee())) {
    F->addFnAttr(Attribute::NonLazyBind);
    F->setDoesNotThrow();
    if (Hot)
      F->setCallingConv(CallingConv::PreserveMost);
  }
  return Callee;
}

CallInst *Hooks::call(IRBuilderBase &B, Hook H, ArrayRef<Value *> Args) {
  Signature S = signatureOf(H, M.getContext());
  return emit(B, declare(S.Name, typeOf(S), S.Hot), Args);
}

CallInst *Hooks::call(IRBuilderBase &B, AtomicHook H, unsigned Bits,
                      ArrayRef<Value *> Args) {
  Signature S = signatureOf(H, Bits, M.getContext());
  std::string Symbol = (kPrefix + "atomic" + Twine(Bits) + "_" + S.Name).str();
  return emit(B, declare(Symbol, typeOf(S), S.Hot), Args);
}

bool keepsEpoch(const CallBase &Call) {
  const Function *F = Call.getCalledFunction();
  if (!F || !F->getName().starts_with(kPrefix))
    return false;
  StringRef Name = F->getName();
  return F->getCallingConv() == CallingConv::PreserveMost ||
         Name == "heddle_memcpy" || Name == "heddle_memmove" ||
         Name == "heddle_memset";
}

bool isHook(const CallBase &Call) {
  const Function *F = Call.getCalledFunction();
  return F && (keepsEpoch(Call) || F->getName() == "heddle_init" ||
               F->getName().starts_with("heddle_atomic"));
}

} // namespace heddle
