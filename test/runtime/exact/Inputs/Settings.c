// Starts a program under memory settings that a test must not make for the
// whole machine.
//
// usage: Settings stack=TERABYTES | no-overcommit, COMMAND...
//
// stack=N: a stack limit of N TiB. The kernel puts the libraries below the room
// for the stack, so this moves them as far down as vm.mmap_rnd_bits=32 does at
// random (up to 16 TiB).
// no-overcommit: refuses private writable mappings of 1 GiB and more, reserved
// or not, as vm.overcommit_memory=2 does on a machine of that size.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARGUMENT(N) (offsetof(struct seccomp_data, args) + 8 * (N))
#define LOAD(At) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (At))
#define IF(Test, X, Else) BPF_JUMP(BPF_JMP | (Test) | BPF_K, (X), 0, (Else))
#define RETURN(X) BPF_STMT(BPF_RET | BPF_K, (X))

static int refuseToOvercommit(void) {
  struct sock_filter Filter[] = {
      LOAD(offsetof(struct seccomp_data, nr)),
      IF(BPF_JEQ, SYS_mmap, 10),
      LOAD(ARGUMENT(2)),
      IF(BPF_JSET, PROT_WRITE, 8),
      LOAD(ARGUMENT(3)),
      IF(BPF_JSET, MAP_PRIVATE, 6),
      LOAD(ARGUMENT(1) + 4),
      IF(BPF_JEQ, 0, 3), // 4 GiB and more are refused
      LOAD(ARGUMENT(1)),
      IF(BPF_JGE, 1u << 30, 2),
      RETURN(SECCOMP_RET_ERRNO | ENOMEM),
      RETURN(SECCOMP_RET_ERRNO | ENOMEM),
      RETURN(SECCOMP_RET_ALLOW),
  };
  struct sock_fprog Program = {sizeof(Filter) / sizeof(*Filter), Filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &Program);
}

static int limitStack(long Terabytes) {
  struct rlimit Limit;
  getrlimit(RLIMIT_STACK, &Limit);
  Limit.rlim_cur = (rlim_t)Terabytes << 40;
  return setrlimit(RLIMIT_STACK, &Limit);
}

int main(int Count, char **Arguments) {
  if (Count < 3)
    return 2;
  int Failed = strncmp(Arguments[1], "stack=", 6)
                   ? refuseToOvercommit()
                   : limitStack(atol(Arguments[1] + 6));
  if (Failed)
    return 2;
  execv(Arguments[2], Arguments + 2);
  return 2;
}
