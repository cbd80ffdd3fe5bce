// A library that is not instrumented and moves bytes by libc's functions.
#include <cstring>

// Returns something of its own, so that memmove is no tail call.
extern "C" long copyInto(int *To, const int *From) {
  std::memmove(To, From, sizeof(int) * 4);
  return From - To;
}
