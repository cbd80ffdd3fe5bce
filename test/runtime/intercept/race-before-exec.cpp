// A run that goes on as another program is summed up first, in the process
// itself and in the child of fork; the child of vfork has nothing to say.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t exec | FileCheck %s
// RUN: %exits 66 %t fork | FileCheck %s --check-prefixes=CHECK,AGAIN
// RUN: %exits 66 %t vfork | FileCheck %s --check-prefix=VFORK
// RUN: %exits 66 %t spawn | FileCheck %s --check-prefix=VFORK
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race {{.*}} goes on as another program
// CHECK: from the new program
// AGAIN: heddle: 1 problem: 1 data race {{.*}} exit 66
// VFORK: heddle: DATA RACE on 'Shared'
// VFORK-NOT: goes on
// VFORK: from the new program
// VFORK-NOT: goes on
// VFORK: heddle: 1 problem: 1 data race {{.*}} exit 66
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

int Shared;

void race() {
  std::thread Other([] { Shared = 1; });
  Shared = 2;
  Other.join();
}

void become() {
  execlp("echo", "echo", "from the new program", nullptr);
  _exit(1);
}

void waitFor(pid_t Child) {
  int Status;
  if (waitpid(Child, &Status, 0) != Child || Status != 0)
    abort();
}

int main(int, char **Arguments) {
  if (!strcmp(Arguments[1], "fork")) {
    pid_t Child = fork();
    if (Child == 0) {
      race();
      become();
    }
    waitFor(Child);
    race();
    return 0;
  }
  race();
  if (!strcmp(Arguments[1], "exec"))
    become();
  if (!strcmp(Arguments[1], "spawn")) {
    pid_t Child;
    char Name[] = "echo", Text[] = "from the new program";
    char *List[] = {Name, Text, nullptr};
    if (posix_spawnp(&Child, Name, nullptr, nullptr, List, environ) != 0)
      abort();
    waitFor(Child);
    return 0;
  }
  pid_t Child = vfork();
  if (Child == 0)
    become();
  waitFor(Child);
}
