// What the functions of streams do to the program's memory on its behalf.
#ifndef HEDDLE_INTERCEPT_STREAMUSE_H
#define HEDDLE_INTERCEPT_STREAMUSE_H

#include "intercept/Interceptor.h"

#include <cstdio>
#include <cstring>

namespace heddle {

inline void readBytes(const void *From, size_t Size, uintptr_t Pc) {
  if (watching())
    access(currentStrand(), From, Size, false, Pc);
}
inline void writeBytes(const void *To, size_t Size, uintptr_t Pc) {
  if (watching())
    access(currentStrand(), To, Size, true, Pc);
}
inline size_t textSize(const char *Text) {
  InRuntime Inside;
  return strlen(Text) + 1;
}
inline void readText(const char *Text, uintptr_t Pc) {
  if (watching())
    readBytes(Text, textSize(Text), Pc);
}
inline void useStream(FILE *F, uintptr_t Pc) {
  if (F && watching())
    useObject(currentStrand(), F, Pc);
}

} // namespace heddle
#endif
