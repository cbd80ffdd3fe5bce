// System calls made in place, so that a signal that interrupts one finds the
// thread inside the runtime, not inside a function of libc. x86-64.
#ifndef HEDDLE_BASE_SYSCALL_H
#define HEDDLE_BASE_SYSCALL_H

namespace heddle {

// Returns what the kernel returns: an error is its negative number, and errno
// is left alone.
inline long rawSyscall(long Number, long A = 0, long B = 0, long C = 0,
                       long D = 0, long E = 0, long F = 0) {
  register long R10 asm("r10") = D;
  register long R8 asm("r8") = E;
  register long R9 asm("r9") = F;
  long Result;
  asm volatile("syscall"
               : "=a"(Result)
               : "a"(Number), "D"(A), "S"(B), "d"(C), "r"(R10), "r"(R8), "r"(R9)
               : "rcx", "r11", "memory");
  return Result;
}

inline bool isSyscallError(long Result) {
  return static_cast<unsigned long>(Result) > -4096UL;
}

} // namespace heddle
#endif
