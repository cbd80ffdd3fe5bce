// Every thread is blocked, but another process will post.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <csignal>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main() {
  void *Memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  auto *S = static_cast<sem_t *>(Memory);
  sem_init(S, 1, 0);
  pid_t Child = fork();
  if (Child == 0) {
    usleep(900000);
    sem_post(S);
    _exit(0);
  }
  sem_wait(S);
  waitpid(Child, nullptr, 0);
}
