// Numbers and texts as bytes, and back from any bytes.
//
// Numbers take one byte for each seven bits, so that small ones are short.
//
// Invariants: a reader never looks behind its end. After the first thing that
// cannot be read it is bad, and all that it gives is 0 or empty.
#ifndef HEDDLE_FACTS_SUMMARY_BYTES_H
#define HEDDLE_FACTS_SUMMARY_BYTES_H

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle {

class ByteWriter {
public:
  void number(uint64_t Value) {
    for (; Value > 127; Value >>= 7)
      Out += char(Value | 128);
    Out += char(Value);
  }
  void integer(int64_t Value) { // may be negative
    number((uint64_t(Value) << 1) ^ uint64_t(Value >> 63));
  }
  void text(std::string_view Text) {
    number(Text.size());
    Out += Text;
  }
  // Always eight bytes, the lowest first.
  void fixed(uint64_t Value) {
    for (unsigned I = 0; I < 8; ++I)
      Out += char(Value >> (8 * I));
  }
  void append(const ByteWriter &Other) { Out += Other.Out; }

  const std::string &bytes() const { return Out; }
  std::string take() { return std::move(Out); }

private:
  std::string Out;
};

class ByteReader {
public:
  explicit ByteReader(std::string_view In) : In(In) {}

  uint64_t number() {
    uint64_t Value = 0;
    for (unsigned Shift = 0; Shift < 64; Shift += 7) {
      if (In.empty())
        break;
      uint8_t Byte = uint8_t(In.front());
      In.remove_prefix(1);
      Value |= uint64_t(Byte & 127) << Shift;
      if (Byte < 128)
        return Value;
    }
    fail();
    return 0;
  }
  uint32_t number32() {
    uint64_t Value = number();
    if (Value > UINT32_MAX)
      fail();
    return uint32_t(Value);
  }
  int64_t integer() {
    uint64_t Value = number();
    return int64_t(Value >> 1) ^ -int64_t(Value & 1);
  }
  std::string_view bytes(uint64_t Size) {
    if (Size > In.size()) {
      fail();
      return {};
    }
    std::string_view Out = In.substr(0, Size);
    In.remove_prefix(Size);
    return Out;
  }
  std::string_view text() { return bytes(number()); }
  uint64_t fixed() {
    uint64_t Value = 0;
    std::string_view Eight = bytes(8);
    for (size_t I = 0; I < Eight.size(); ++I)
      Value |= uint64_t(uint8_t(Eight[I])) << (8 * I);
    return Value;
  }
  // How many elements follow. Each takes at least one byte.
  uint32_t count() {
    uint64_t N = number();
    if (N > In.size())
      fail();
    return Bad ? 0 : uint32_t(N);
  }

  void fail() {
    Bad = true;
    In = {};
  }
  bool bad() const { return Bad; }
  bool atEnd() const { return In.empty(); }
  size_t left() const { return In.size(); }

private:
  std::string_view In;
  bool Bad = false;
};

} // namespace heddle

#endif
