// check(): an invariant of Heddle itself, tested in release builds too.
//
// A failure is Heddle's fault, never the program's: it is printed once per
// place, with version and context, and the program goes on.
#ifndef HEDDLE_BASE_CHECK_H
#define HEDDLE_BASE_CHECK_H

namespace heddle {

inline constexpr const char *kVersion = "0.1.0";

// Prints Text and where it failed; returns false. Async-signal-safe.
[[gnu::cold, gnu::noinline]] bool checkFailed(const char *Text,
                                              const char *File, int Line);

// Returns Cond. The caller leaves the detector's state consistent when false.
inline bool check(bool Cond, const char *Text,
                  const char *File = __builtin_FILE(),
                  int Line = __builtin_LINE()) {
  return __builtin_expect(Cond, true) || checkFailed(Text, File, Line);
}

// How many places have failed: findings may be missing.
unsigned checksFailed();

// Writes the strings to standard error in one call. Async-signal-safe.
void printError(const char *A, const char *B = "", const char *C = "",
                const char *D = "");

} // namespace heddle
#endif
