// Vector memory intrinsics that access only some of their lanes.
#ifndef HEDDLE_INSTRUMENTATION_MASKED_H
#define HEDDLE_INSTRUMENTATION_MASKED_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"

#include <optional>

namespace heddle {

enum class Shape : uint8_t {
  Spread,   // lane i at Addr + i elements
  Pointers, // lane i at Addr[i]
  Packed    // the k-th enabled lane at Addr + k elements
};

struct MaskedAccess {
  llvm::IntrinsicInst *I;
  Shape Lanes;
  bool IsWrite;
  llvm::Value *Addr; // a pointer, or a vector of them
  llvm::Value *Mask; // vector of i1
  llvm::Type *Element;
  llvm::Align Alignment;
};

// Describes I, or returns nothing if it is another kind of intrinsic. May emit
// code before I that computes addresses and mask.
std::optional<MaskedAccess> describeMasked(llvm::IntrinsicInst &I);

} // namespace heddle
#endif
