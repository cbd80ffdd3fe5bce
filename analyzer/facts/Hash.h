// The hash of identities and contents: FNV-1a, 64 bits. It is no secret.
#ifndef HEDDLE_FACTS_HASH_H
#define HEDDLE_FACTS_HASH_H

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

constexpr uint64_t kHashOfNothing = 0xcbf29ce484222325u;

// Goes on from `Hash`, so that parts hash as what they make together.
inline uint64_t hashText(std::string_view Text,
                         uint64_t Hash = kHashOfNothing) {
  for (unsigned char C : Text)
    Hash = (Hash ^ C) * 0x100000001b3u;
  return Hash;
}

inline std::string hex(uint64_t Value) {
  std::string Out(16, '0');
  for (size_t I = 16; I-- > 0; Value >>= 4)
    Out[I] = "0123456789abcdef"[Value & 15];
  return Out;
}

} // namespace heddle

#endif
