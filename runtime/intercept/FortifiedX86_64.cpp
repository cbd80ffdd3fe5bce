// The functions that -D_FORTIFY_SOURCE puts in the place of others: they know
// how large the buffer is (Room), and end the process rather than overflow it.
//
// Most compare and go on in the interceptor of the plain function, as if it had
// been called in their place: by a jump, so that the caller is the user's code.
#include "intercept/Interceptor.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

using namespace heddle;

// Goes on in Target after Moves have put the arguments where it wants them,
// unless Compare finds (CF set) that there is less room than asked for.
#define HEDDLE_FORTIFIED(Name, Compare, Moves, Target)                         \
  asm(".text\n.globl " Name "\n.type " Name ",@function\n" Name ":\n" Compare  \
      "\njb 1f\n" Moves "\njmp " Target "@PLT\n1:\njmp __chk_fail@PLT\n"       \
      ".size " Name ", .-" Name "\n")

// (To, From or Byte, N, Room); Memory.cpp's own names, as the linker redirects
// the runtime's calls of the plain ones.
HEDDLE_FORTIFIED("__memcpy_chk", "cmp %rdx, %rcx", "", "interceptedMemcpy");
HEDDLE_FORTIFIED("__memmove_chk", "cmp %rdx, %rcx", "", "interceptedMemmove");
HEDDLE_FORTIFIED("__memset_chk", "cmp %rdx, %rcx", "", "interceptedMemset");
HEDDLE_FORTIFIED("__mempcpy_chk", "cmp %rdx, %rcx", "", "mempcpy");
HEDDLE_FORTIFIED("__stpncpy_chk", "cmp %rdx, %rcx", "", "stpncpy");
HEDDLE_FORTIFIED("__strncpy_chk", "cmp %rdx, %rcx", "", "strncpy");
// (Fd, To, N, Room, ...)
HEDDLE_FORTIFIED("__read_chk", "cmp %rdx, %rcx", "", "read");
HEDDLE_FORTIFIED("__recv_chk", "cmp %rdx, %rcx", "mov %r8, %rcx", "recv");
HEDDLE_FORTIFIED("__recvfrom_chk", "cmp %rdx, %rcx",
                 "mov %r8, %rcx\nmov %r9, %r8\nmov 8(%rsp), %r9", "recvfrom");
// (Fd, To, N, Offset, Room)
HEDDLE_FORTIFIED("__pread_chk", "cmp %rdx, %r8", "", "pread");
HEDDLE_FORTIFIED("__pread64_chk", "cmp %rdx, %r8", "", "pread");
// (To, Room, N, File)
HEDDLE_FORTIFIED("__fgets_chk", "movslq %edx, %rax\ncmp %rax, %rsi",
                 "mov %edx, %esi\nmov %rcx, %rdx", "fgets");
// (To, Room, Size, Count, File): a product that overflows is too large.
HEDDLE_FORTIFIED("__fread_chk",
                 "mov %rdx, %rax\nimul %rcx, %rax\nseto %r9b\n"
                 "movzbl %r9b, %r9d\nneg %r9\nor %r9, %rax\ncmp %rax, %rsi",
                 "mov %rdx, %rsi\nmov %rcx, %rdx\nmov %r8, %rcx", "fread");
// (Fds, Count, Timeout, Room): 8 bytes each.
HEDDLE_FORTIFIED("__poll_chk", "shr $3, %rcx\ncmp %rsi, %rcx", "", "poll");
HEDDLE_FORTIFIED("__ppoll_chk", "shr $3, %r8\ncmp %rsi, %r8", "", "ppoll");

namespace {

constinit Real<char *(char *, const char *, size_t)> RealStrcpy("__strcpy_chk");
constinit Real<char *(char *, const char *, size_t)> RealStrcat("__strcat_chk");
constinit Real<char *(char *, const char *, size_t)> RealStpcpy("__stpcpy_chk");
constinit Real<char *(char *, const char *, size_t, size_t)>
    RealStrncat("__strncat_chk");

size_t lengthOf(const char *Text, size_t Most = SIZE_MAX) {
  InRuntime Inside;
  return strnlen(Text, Most);
}

} // namespace

namespace {

void copied(char *To, const char *From, size_t Room, uintptr_t Pc) {
  if (!watching())
    return;
  Strand &S = currentStrand();
  size_t Size = lengthOf(From) + 1;
  access(S, From, Size, false, Pc);
  access(S, To, Size < Room ? Size : Room, true, Pc);
}

// No more than Most characters of From, and a zero.
void appended(char *To, const char *From, size_t Most, size_t Room,
              uintptr_t Pc) {
  if (!watching())
    return;
  Strand &S = currentStrand();
  size_t Length = lengthOf(From, Most), Before = lengthOf(To);
  access(S, From, Length < Most ? Length + 1 : Length, false, Pc);
  access(S, To, Before + 1, false, Pc);
  if (Before + Length < Room)
    access(S, To + Before, Length + 1, true, Pc);
}

} // namespace

HEDDLE_EXPORT char *__strcpy_chk(char *To, const char *From, size_t Room) {
  copied(To, From, Room, HEDDLE_CALLER);
  return RealStrcpy(To, From, Room);
}
HEDDLE_EXPORT char *__stpcpy_chk(char *To, const char *From, size_t Room) {
  copied(To, From, Room, HEDDLE_CALLER);
  return RealStpcpy(To, From, Room);
}
HEDDLE_EXPORT char *__strcat_chk(char *To, const char *From, size_t Room) {
  appended(To, From, SIZE_MAX, Room, HEDDLE_CALLER);
  return RealStrcat(To, From, Room);
}
HEDDLE_EXPORT char *__strncat_chk(char *To, const char *From, size_t N,
                                  size_t Room) {
  appended(To, From, N, Room, HEDDLE_CALLER);
  return RealStrncat(To, From, N, Room);
}
