// mem* functions, called from code that is not instrumented or by a pointer:
// accesses of the caller.
//
// They run before the real ones can be looked up, even inside the look-up, so
// each has a plain loop to fall back on.
#include "event/ThreadState.h"
#include "intercept/Interceptor.h"
#include "intercept/Start.h"

#include <cstring>

using namespace heddle;

namespace {

constinit Real<void *(void *, const void *, size_t)> RealMemcpy("memcpy");
constinit Real<void *(void *, const void *, size_t)> RealMemmove("memmove");
constinit Real<void *(void *, int, size_t)> RealMemset("memset");
constinit Real<void *(void *, const void *, size_t)> RealMempcpy("mempcpy");
constinit Real<int(const void *, const void *, size_t)> RealMemcmp("memcmp");
constinit Real<void *(const void *, int, size_t)> RealMemchr("memchr");

// A byte at a time, and never turned into a call of what it stands for.
void *copyBytes(void *To, const void *From, size_t N, bool Backwards) {
  auto *T = static_cast<volatile char *>(To);
  auto *F = static_cast<const volatile char *>(From);
  if (Backwards)
    while (N--)
      T[N] = F[N];
  else
    for (size_t I = 0; I < N; ++I)
      T[I] = F[I];
  return To;
}

void *setBytes(void *To, int Byte, size_t N) {
  auto *T = static_cast<volatile char *>(To);
  for (size_t I = 0; I < N; ++I)
    T[I] = char(Byte);
  return To;
}

// How many bytes a comparison has looked at.
size_t comparedBytes(const void *A, const void *B, size_t N) {
  auto *X = static_cast<const volatile char *>(A);
  auto *Y = static_cast<const volatile char *>(B);
  size_t I = 0;
  while (I < N && X[I] == Y[I])
    ++I;
  return I < N ? I + 1 : N;
}

int compareBytes(const void *A, const void *B, size_t N) {
  if (gIntercepting)
    return RealMemcmp(A, B, N);
  size_t Seen = comparedBytes(A, B, N);
  return Seen ? static_cast<const unsigned char *>(A)[Seen - 1] -
                    static_cast<const unsigned char *>(B)[Seen - 1]
              : 0;
}

} // namespace

namespace heddle {

void prepareMemoryFunctions() {
  RealMemcpy.get();
  RealMemmove.get();
  RealMemset.get();
  RealMemcmp.get();
}

} // namespace heddle

// What the runtime itself calls under these names: the linker is told to wrap
// them (runtime/CMakeLists.txt), so that the detector never watches itself.
extern "C" {
void *__wrap_memcpy(void *To, const void *From, size_t N) {
  AtWork Busy;
  return gIntercepting ? RealMemcpy(To, From, N)
                       : copyBytes(To, From, N, false);
}
void *__wrap_memmove(void *To, const void *From, size_t N) {
  AtWork Busy;
  return gIntercepting ? RealMemmove(To, From, N)
                       : copyBytes(To, From, N, To > From);
}
void *__wrap_memset(void *To, int Byte, size_t N) {
  AtWork Busy;
  return gIntercepting ? RealMemset(To, Byte, N) : setBytes(To, Byte, N);
}
int __wrap_memcmp(const void *A, const void *B, size_t N) {
  AtWork Busy;
  return compareBytes(A, B, N);
}
}

HEDDLE_EXPORT void *memcpy(void *To, const void *From, size_t N) noexcept {
  if (__builtin_expect(!gIntercepting, false))
    return copyBytes(To, From, N, false);
  if (watching()) {
    Strand &S = currentStrand();
    access(S, From, N, false, HEDDLE_CALLER);
    access(S, To, N, true, HEDDLE_CALLER);
  }
  return RealMemcpy(To, From, N);
}

HEDDLE_EXPORT void *memmove(void *To, const void *From, size_t N) noexcept {
  if (__builtin_expect(!gIntercepting, false))
    return copyBytes(To, From, N, To > From);
  if (watching()) {
    Strand &S = currentStrand();
    access(S, From, N, false, HEDDLE_CALLER);
    access(S, To, N, true, HEDDLE_CALLER);
  }
  return RealMemmove(To, From, N);
}

HEDDLE_EXPORT void *mempcpy(void *To, const void *From, size_t N) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    access(S, From, N, false, HEDDLE_CALLER);
    access(S, To, N, true, HEDDLE_CALLER);
  }
  return RealMempcpy(To, From, N);
}

HEDDLE_EXPORT void *memset(void *To, int Byte, size_t N) noexcept {
  if (__builtin_expect(!gIntercepting, false))
    return setBytes(To, Byte, N);
  if (watching())
    access(currentStrand(), To, N, true, HEDDLE_CALLER);
  return RealMemset(To, Byte, N);
}

// The same functions by names that the linker does not redirect.
extern "C" {
[[gnu::alias("memcpy"), gnu::visibility("hidden")]] void *
interceptedMemcpy(void *, const void *, size_t) noexcept;
[[gnu::alias("memmove"), gnu::visibility("hidden")]] void *
interceptedMemmove(void *, const void *, size_t) noexcept;
[[gnu::alias("memset"), gnu::visibility("hidden")]] void *
interceptedMemset(void *, int, size_t) noexcept;
}

HEDDLE_EXPORT int memcmp(const void *A, const void *B, size_t N) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    size_t Seen = comparedBytes(A, B, N);
    access(S, A, Seen, false, HEDDLE_CALLER);
    access(S, B, Seen, false, HEDDLE_CALLER);
  }
  return compareBytes(A, B, N);
}

HEDDLE_EXPORT void *heddleMemchr(const void *, int, size_t) noexcept
    asm("memchr");
HEDDLE_EXPORT void *heddleMemchr(const void *A, int Byte, size_t N) noexcept {
  void *Found = RealMemchr(A, Byte, N);
  if (watching()) {
    size_t Seen = Found ? size_t(static_cast<char *>(Found) -
                                 static_cast<const char *>(A)) +
                              1
                        : N;
    access(currentStrand(), A, Seen, false, HEDDLE_CALLER);
  }
  return Found;
}
