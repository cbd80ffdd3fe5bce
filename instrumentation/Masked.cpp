// Recognises LLVM's own masked intrinsics and those of AVX, AVX2 and AVX-512.
#include "Masked.h"

using namespace llvm;

namespace heddle {
namespace {

Type *elementOf(Value *X) { return X->getType()->getScalarType(); }

Align alignAt(IntrinsicInst &I, unsigned Operand) {
  return Align(cast<ConstantInt>(I.getArgOperand(Operand))->getZExtValue());
}

std::optional<MaskedAccess> describeGeneric(IntrinsicInst &I) {
  auto At = [&](unsigned N) { return I.getArgOperand(N); };
  switch (I.getIntrinsicID()) {
  case Intrinsic::masked_load:
    return MaskedAccess{&I,    Shape::Spread, false,        At(0),
                        At(2), elementOf(&I), alignAt(I, 1)};
  case Intrinsic::masked_store:
    return MaskedAccess{&I,    Shape::Spread,    true,         At(1),
                        At(3), elementOf(At(0)), alignAt(I, 2)};
  case Intrinsic::masked_gather:
    return MaskedAccess{&I,    Shape::Pointers, false,        At(0),
                        At(2), elementOf(&I),   alignAt(I, 1)};
  case Intrinsic::masked_scatter:
    return MaskedAccess{&I,    Shape::Pointers,  true,         At(1),
                        At(3), elementOf(At(0)), alignAt(I, 2)};
  case Intrinsic::masked_expandload:
    return MaskedAccess{&I,    Shape::Packed, false,   At(0),
                        At(1), elementOf(&I), Align(1)};
  case Intrinsic::masked_compressstore:
    return MaskedAccess{&I,    Shape::Packed,    true,    At(1),
                        At(2), elementOf(At(0)), Align(1)};
  default:
    return std::nullopt;
  }
}

// AVX takes the sign bit of each element for the mask.
Value *signBits(IRBuilderBase &B, Value *Mask) {
  auto *T = cast<VectorType>(Mask->getType());
  if (T->getElementType()->isIntegerTy(1))
    return Mask;
  Value *Bits = B.CreateBitCast(Mask, VectorType::getInteger(T));
  return B.CreateICmpSLT(Bits, Constant::getNullValue(Bits->getType()));
}

// The first Lanes lanes of X; the narrower of data and index decides.
Value *firstLanes(IRBuilderBase &B, Value *X, unsigned Lanes) {
  if (cast<FixedVectorType>(X->getType())->getNumElements() == Lanes)
    return X;
  return B.CreateShuffleVector(X, to_vector(seq<int>(0, Lanes)));
}

// Base + Index[i] * Scale, for each lane.
Value *indexed(IRBuilderBase &B, Value *Base, Value *Index, Value *Scale) {
  auto *Wide =
      VectorType::get(B.getInt64Ty(), cast<VectorType>(Index->getType()));
  Value *Factor = B.CreateVectorSplat(
      Wide->getElementCount(), B.CreateZExtOrTrunc(Scale, B.getInt64Ty()));
  Value *Bytes = B.CreateMul(B.CreateSExt(Index, Wide), Factor);
  return B.CreateGEP(B.getInt8Ty(), Base, Bytes);
}

MaskedAccess describeIndexed(IntrinsicInst &I, bool IsWrite, Value *Base,
                             Value *Index, Value *Mask, Value *Data) {
  IRBuilder<> B(&I);
  auto LanesOf = [](Value *X) {
    return cast<FixedVectorType>(X->getType())->getNumElements();
  };
  unsigned Lanes = std::min({LanesOf(Data), LanesOf(Index), LanesOf(Mask)});
  Value *Addr =
      indexed(B, Base, firstLanes(B, Index, Lanes), I.getArgOperand(4));
  return {&I,
          Shape::Pointers,
          IsWrite,
          Addr,
          firstLanes(B, signBits(B, Mask), Lanes),
          elementOf(Data),
          Align(1)};
}

std::optional<MaskedAccess> describeX86(IntrinsicInst &I) {
  StringRef Name = I.getCalledFunction()->getName();
  if (!Name.consume_front("llvm.x86.avx"))
    return std::nullopt;
  auto At = [&](unsigned N) { return I.getArgOperand(N); };
  IRBuilder<> B(&I);
  if (Name.contains("maskload"))
    return MaskedAccess{&I,      Shape::Spread,      false,
                        At(0),   signBits(B, At(1)), elementOf(&I),
                        Align(1)};
  if (Name.contains("maskstore"))
    return MaskedAccess{&I,      Shape::Spread,      true,
                        At(0),   signBits(B, At(1)), elementOf(At(2)),
                        Align(1)};
  if (Name.starts_with("2.gather.") || Name.starts_with("512.mask.gather"))
    return describeIndexed(I, false, At(1), At(2), At(3), &I);
  if (Name.starts_with("512.mask.scatter"))
    return describeIndexed(I, true, At(0), At(2), At(1), At(3));
  return std::nullopt;
}

} // namespace

std::optional<MaskedAccess> describeMasked(IntrinsicInst &I) {
  if (auto Generic = describeGeneric(I))
    return Generic;
  return describeX86(I);
}

} // namespace heddle
