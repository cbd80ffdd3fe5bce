// JSON as RFC 8259 has it.
#include "report/Json.h"

#include <cstdio>

namespace heddle {

void Json::startValue(const char *Key) {
  if (!First)
    Out += ',';
  First = false;
  if (Depth)
    Out += '\n';
  Out.append(size_t(Depth), ' ');
  if (!Key)
    return;
  quote(Key);
  Out += ": ";
}

Json &Json::open(const char *Key, char Bracket) {
  startValue(Key);
  Out += Bracket;
  First = true;
  ++Depth;
  return *this;
}

Json &Json::close(char Bracket) {
  --Depth;
  if (!First) {
    Out += '\n';
    Out.append(size_t(Depth), ' ');
  }
  Out += Bracket;
  First = false;
  return *this;
}

Json &Json::string(const char *Key, const std::string &Value) {
  startValue(Key);
  quote(Value);
  return *this;
}

Json &Json::number(const char *Key, int64_t Value) {
  startValue(Key);
  Out += std::to_string(Value);
  return *this;
}

Json &Json::boolean(const char *Key, bool Value) {
  startValue(Key);
  Out += Value ? "true" : "false";
  return *this;
}

void Json::quote(const std::string &Value) {
  Out += '"';
  for (char C : validUtf8(Value)) {
    if (C == '"' || C == '\\') {
      Out += '\\';
      Out += C;
    } else if (static_cast<unsigned char>(C) < 0x20) {
      char Escape[8];
      snprintf(Escape, sizeof(Escape), "\\u%04x", unsigned(C));
      Out += Escape;
    } else {
      Out += C;
    }
  }
  Out += '"';
}

namespace {

// Length of the valid sequence at Text[I], 0 if there is none.
size_t sequenceLength(const std::string &Text, size_t I) {
  auto byte = [&](size_t At) {
    return At < Text.size() ? static_cast<unsigned char>(Text[At]) : 0u;
  };
  unsigned B = byte(I);
  size_t N = B < 0x80                ? 1
             : B >= 0xc2 && B < 0xe0 ? 2
             : B >= 0xe0 && B < 0xf0 ? 3
             : B >= 0xf0 && B < 0xf5 ? 4
                                     : 0;
  for (size_t K = 1; K < N; ++K)
    if ((byte(I + K) & 0xc0) != 0x80)
      return 0;
  bool Overlong =
      (B == 0xe0 && byte(I + 1) < 0xa0) || (B == 0xf0 && byte(I + 1) < 0x90);
  bool Surrogate = B == 0xed && byte(I + 1) >= 0xa0;
  bool TooLarge = B == 0xf4 && byte(I + 1) >= 0x90;
  return Overlong || Surrogate || TooLarge ? 0 : N;
}

} // namespace

std::string validUtf8(const std::string &Text) {
  std::string Result;
  for (size_t I = 0; I < Text.size();) {
    size_t N = sequenceLength(Text, I);
    if (N)
      Result.append(Text, I, N);
    else
      Result += "\xef\xbf\xbd";
    I += N ? N : 1;
  }
  return Result;
}

} // namespace heddle
