// SIGQUIT asks who waits for what; the findings file is written.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: rm -rf %t.dir && env HEDDLE=out=%t.dir %exits 124 %t | FileCheck %s
// RUN: ls %t.dir | count 1
// CHECK: heddle: asked by SIGQUIT: 1 of 2 threads wait
// CHECK-NEXT: T1 "main"  join T2 {{.*}}T.join();
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <pthread.h>
#include <string>
#include <thread>
#include <unistd.h>

static pthread_t Main;
static std::atomic<bool> IsJoining{false};

// The state of the main thread as the kernel sees it, e.g. 'S'.
static char mainState() {
  std::string Path = "/proc/self/task/" + std::to_string(getpid()) + "/stat";
  char Text[256] = {};
  int Fd = open(Path.c_str(), O_RDONLY);
  (void)!read(Fd, Text, sizeof(Text) - 1);
  close(Fd);
  std::string Stat = Text;
  return Stat[Stat.rfind(')') + 2];
}

int main() {
  Main = pthread_self();
  std::thread T([] {
    while (!IsJoining)
      usleep(1000);
    while (mainState() != 'S')
      usleep(1000);
    pthread_kill(Main, SIGQUIT);
    for (;;)
      pause();
  });
  IsJoining = true;
  T.join();
}
