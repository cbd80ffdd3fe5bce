// operator new and delete, in every form of the C++ library.
//
// When memory is out the library's own operator takes over: it calls the new
// handler and throws, which this library cannot.
#include "intercept/Interceptor.h"
#include "intercept/Malloc.h"

#include <new>

using namespace heddle;

namespace {

constinit Real<void *(size_t)> RealNew("_Znwm");
constinit Real<void *(size_t, std::align_val_t)>
    RealAlignedNew("_ZnwmSt11align_val_t");

size_t asSize(std::align_val_t Align) { return static_cast<size_t>(Align); }

void *orThrow(void *Block, size_t Size) {
  return __builtin_expect(Block != nullptr, true) ? Block : RealNew(Size);
}
void *orThrow(void *Block, size_t Size, std::align_val_t Align) {
  return __builtin_expect(Block != nullptr, true) ? Block
                                                  : RealAlignedNew(Size, Align);
}

} // namespace

#define HEDDLE_OPERATOR __attribute__((visibility("default"), used))
#define HEDDLE_NEW(Op, Kind)                                                   \
  HEDDLE_OPERATOR void *operator Op(size_t Size) {                             \
    return orThrow(allocate(Size, 16, Kind, HEDDLE_CALLER), Size);             \
  }                                                                            \
  HEDDLE_OPERATOR void *operator Op(size_t Size,                               \
                                    const std::nothrow_t &) noexcept {         \
    return allocate(Size, 16, Kind, HEDDLE_CALLER);                            \
  }                                                                            \
  HEDDLE_OPERATOR void *operator Op(size_t Size, std::align_val_t Align) {     \
    return orThrow(allocate(Size, asSize(Align), Kind, HEDDLE_CALLER), Size,   \
                   Align);                                                     \
  }                                                                            \
  HEDDLE_OPERATOR void *operator Op(size_t Size, std::align_val_t Align,       \
                                    const std::nothrow_t &) noexcept {         \
    return allocate(Size, asSize(Align), Kind, HEDDLE_CALLER);                 \
  }
#define HEDDLE_DELETE(Op, ...)                                                 \
  HEDDLE_OPERATOR void operator Op(void *Block, ##__VA_ARGS__) noexcept {      \
    release(Block, HEDDLE_CALLER);                                             \
  }

HEDDLE_NEW(new, BlockKind::New)
HEDDLE_NEW(new[], BlockKind::NewArray)

HEDDLE_DELETE(delete)
HEDDLE_DELETE(delete[])
HEDDLE_DELETE(delete, size_t)
HEDDLE_DELETE(delete[], size_t)
HEDDLE_DELETE(delete, const std::nothrow_t &)
HEDDLE_DELETE(delete[], const std::nothrow_t &)
HEDDLE_DELETE(delete, std::align_val_t)
HEDDLE_DELETE(delete[], std::align_val_t)
HEDDLE_DELETE(delete, size_t, std::align_val_t)
HEDDLE_DELETE(delete[], size_t, std::align_val_t)
HEDDLE_DELETE(delete, std::align_val_t, const std::nothrow_t &)
HEDDLE_DELETE(delete[], std::align_val_t, const std::nothrow_t &)
