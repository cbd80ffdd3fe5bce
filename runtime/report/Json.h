// Builds JSON text: objects and arrays in order, strings escaped.
#ifndef HEDDLE_REPORT_JSON_H
#define HEDDLE_REPORT_JSON_H

#include <cstdint>
#include <string>

namespace heddle {

// Requires: begin and end calls are balanced; inside an object each value has
// a key, inside an array none has.
class Json {
public:
  Json &beginObject(const char *Key = nullptr) { return open(Key, '{'); }
  Json &endObject() { return close('}'); }
  Json &beginArray(const char *Key = nullptr) { return open(Key, '['); }
  Json &endArray() { return close(']'); }
  Json &string(const char *Key, const std::string &Value);
  Json &number(const char *Key, int64_t Value);
  Json &boolean(const char *Key, bool Value);

  const std::string &text() const { return Out; }

private:
  Json &open(const char *Key, char Bracket);
  Json &close(char Bracket);
  void startValue(const char *Key);
  void quote(const std::string &Value);

  std::string Out;
  bool First = true; // no value yet in the innermost object or array
  int Depth = 0;
};

// Replaces what is not UTF-8 by U+FFFD.
std::string validUtf8(const std::string &Text);

} // namespace heddle
#endif
