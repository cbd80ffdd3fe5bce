// str* functions: accesses of the caller, the terminating zero included.
//
// Those that <cstring> overloads have another name here and libc's in the
// object file.
#include "intercept/Interceptor.h"
#include "intercept/Malloc.h"

#include <cstring>

using namespace heddle;

namespace {

constinit Real<size_t(const char *)> RealStrlen("strlen");
constinit Real<size_t(const char *, size_t)> RealStrnlen("strnlen");
constinit Real<char *(char *, const char *)> RealStrcpy("strcpy");
constinit Real<char *(char *, const char *, size_t)> RealStrncpy("strncpy");
constinit Real<char *(char *, const char *)> RealStrcat("strcat");
constinit Real<char *(char *, const char *)> RealStpcpy("stpcpy");
constinit Real<char *(char *, const char *, size_t)> RealStpncpy("stpncpy");
constinit Real<char *(char *, const char *, size_t)> RealStrncat("strncat");
constinit Real<int(const char *, const char *)> RealStrcmp("strcmp");
constinit Real<int(const char *, const char *, size_t)> RealStrncmp("strncmp");
constinit Real<char *(const char *, int)> RealStrchr("strchr");
constinit Real<char *(const char *, int)> RealStrrchr("strrchr");
constinit Real<char *(const char *, const char *)> RealStrstr("strstr");

void read(const void *Addr, size_t Size, uintptr_t Pc) {
  access(currentStrand(), Addr, Size, false, Pc);
}
void write(const void *Addr, size_t Size, uintptr_t Pc) {
  access(currentStrand(), Addr, Size, true, Pc);
}

// Characters up to the first difference, at most N.
size_t comparedChars(const char *A, const char *B, size_t N) {
  size_t I = 0;
  while (I < N && A[I] && A[I] == B[I])
    ++I;
  return I < N ? I + 1 : N;
}

void readBoth(const char *A, const char *B, size_t N, uintptr_t Pc) {
  size_t Seen = comparedChars(A, B, N);
  read(A, Seen, Pc);
  read(B, Seen, Pc);
}

char *duplicate(const char *From, size_t Size, uintptr_t Pc) {
  auto *Copy =
      static_cast<char *>(allocate(Size + 1, 16, BlockKind::Malloc, Pc));
  if (!Copy)
    return nullptr;
  if (watching()) {
    read(From, Size, Pc);
    write(Copy, Size + 1, Pc);
  }
  InRuntime Inside;
  memcpy(Copy, From, Size);
  Copy[Size] = 0;
  return Copy;
}

} // namespace

HEDDLE_EXPORT size_t strlen(const char *S) noexcept {
  size_t Size = RealStrlen(S);
  if (watching())
    read(S, Size + 1, HEDDLE_CALLER);
  return Size;
}

HEDDLE_EXPORT size_t strnlen(const char *S, size_t Max) noexcept {
  size_t Size = RealStrnlen(S, Max);
  if (watching())
    read(S, Size < Max ? Size + 1 : Max, HEDDLE_CALLER);
  return Size;
}

namespace {

void copied(char *To, const char *From, uintptr_t Pc) {
  if (!watching())
    return;
  size_t Size = RealStrlen(From) + 1;
  read(From, Size, Pc);
  write(To, Size, Pc);
}

// N bytes are filled, whatever the length of From.
void padded(char *To, const char *From, size_t N, uintptr_t Pc) {
  if (!watching())
    return;
  size_t Length = RealStrnlen(From, N);
  read(From, Length < N ? Length + 1 : N, Pc);
  write(To, N, Pc);
}

// At most Most characters of From, and a zero.
void appended(char *To, const char *From, size_t Most, uintptr_t Pc) {
  if (!watching())
    return;
  size_t Length = RealStrnlen(From, Most), Before = RealStrlen(To);
  read(From, Length < Most ? Length + 1 : Most, Pc);
  read(To, Before + 1, Pc);
  write(To + Before, Length + 1, Pc);
}

} // namespace

HEDDLE_EXPORT char *strcpy(char *To, const char *From) noexcept {
  copied(To, From, HEDDLE_CALLER);
  return RealStrcpy(To, From);
}
HEDDLE_EXPORT char *stpcpy(char *To, const char *From) noexcept {
  copied(To, From, HEDDLE_CALLER);
  return RealStpcpy(To, From);
}
HEDDLE_EXPORT char *strncpy(char *To, const char *From, size_t N) noexcept {
  padded(To, From, N, HEDDLE_CALLER);
  return RealStrncpy(To, From, N);
}
HEDDLE_EXPORT char *stpncpy(char *To, const char *From, size_t N) noexcept {
  padded(To, From, N, HEDDLE_CALLER);
  return RealStpncpy(To, From, N);
}
HEDDLE_EXPORT char *strcat(char *To, const char *From) noexcept {
  appended(To, From, SIZE_MAX, HEDDLE_CALLER);
  return RealStrcat(To, From);
}
HEDDLE_EXPORT char *strncat(char *To, const char *From, size_t N) noexcept {
  appended(To, From, N, HEDDLE_CALLER);
  return RealStrncat(To, From, N);
}

HEDDLE_EXPORT int strcmp(const char *A, const char *B) noexcept {
  if (watching())
    readBoth(A, B, SIZE_MAX, HEDDLE_CALLER);
  return RealStrcmp(A, B);
}

HEDDLE_EXPORT int strncmp(const char *A, const char *B, size_t N) noexcept {
  if (watching())
    readBoth(A, B, N, HEDDLE_CALLER);
  return RealStrncmp(A, B, N);
}

HEDDLE_EXPORT char *heddleStrchr(const char *, int) noexcept asm("strchr");
HEDDLE_EXPORT char *heddleStrchr(const char *S, int C) noexcept {
  char *Found = RealStrchr(S, C);
  if (watching())
    read(S, (Found ? size_t(Found - S) : RealStrlen(S)) + 1, HEDDLE_CALLER);
  return Found;
}

HEDDLE_EXPORT char *heddleStrrchr(const char *, int) noexcept asm("strrchr");
HEDDLE_EXPORT char *heddleStrrchr(const char *S, int C) noexcept {
  if (watching())
    read(S, RealStrlen(S) + 1, HEDDLE_CALLER);
  return RealStrrchr(S, C);
}

HEDDLE_EXPORT char *heddleStrstr(const char *, const char *) noexcept
    asm("strstr");
HEDDLE_EXPORT char *heddleStrstr(const char *S, const char *Part) noexcept {
  if (watching()) {
    read(S, RealStrlen(S) + 1, HEDDLE_CALLER);
    read(Part, RealStrlen(Part) + 1, HEDDLE_CALLER);
  }
  return RealStrstr(S, Part);
}

HEDDLE_EXPORT char *strdup(const char *S) noexcept {
  return duplicate(S, RealStrlen(S), HEDDLE_CALLER);
}

HEDDLE_EXPORT char *strndup(const char *S, size_t Max) noexcept {
  return duplicate(S, RealStrnlen(S, Max), HEDDLE_CALLER);
}
