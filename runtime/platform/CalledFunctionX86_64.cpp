// Reads the call, and the jump of a linkage table, on x86-64.
#include "platform/CalledFunction.h"

#include <cstring>

namespace heddle {
namespace {

template <class T> T readAt(uintptr_t Addr) {
  T Value;
  memcpy(&Value, reinterpret_cast<const void *>(Addr), sizeof(T));
  return Value;
}

// The word that an operand 'offset(%rip)' of four bytes at At refers to.
uintptr_t readRelative(uintptr_t At) {
  return readAt<uintptr_t>(At + 4 + uintptr_t(int64_t(readAt<int32_t>(At))));
}

// Follows 'jmp *offset(%rip)' if one stands at Addr, behind an endbr64 or not.
uintptr_t throughLinkageTable(uintptr_t Addr) {
  constexpr uint32_t kEndBranch = 0xfa1e0ff3;
  uintptr_t At = readAt<uint32_t>(Addr) == kEndBranch ? Addr + 4 : Addr;
  At += readAt<uint8_t>(At) == 0xf2; // the prefix bnd
  return readAt<uint16_t>(At) == 0x25ff ? readRelative(At + 2) : Addr;
}

} // namespace

uintptr_t calledFunction(uintptr_t Pc) {
  if (readAt<uint8_t>(Pc - 5) == 0xe8)
    return throughLinkageTable(Pc +
                               uintptr_t(int64_t(readAt<int32_t>(Pc - 4))));
  if (readAt<uint16_t>(Pc - 6) == 0x15ff)
    return readRelative(Pc - 4);
  return 0;
}

} // namespace heddle
