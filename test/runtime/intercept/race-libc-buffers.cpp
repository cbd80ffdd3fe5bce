// Functions of libc touch the program's buffers on its behalf, and their own:
// each of them races here with a write in another thread, or with itself.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK-COUNT-9: heddle: DATA RACE
// CHECK: heddle: 9 problems
#include "../exact/Unseen.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <pwd.h>
#include <thread>
#include <unistd.h>

char Buffer[64] = "text\n";
char *Line;
size_t Room;
FILE *File;
Unseen Steps;

#define WRITE [] { Buffer[1] = 'E'; }

struct Case {
  void (*First)(), (*Second)();
} Cases[] = {
    {WRITE, [] { fputs(Buffer, File); }},
    {WRITE, [] { puts(Buffer); }},
    {WRITE, [] { fwrite(Buffer, 1, 4, File); }},
    {[] { snprintf(Buffer, sizeof(Buffer), "%d", 1); }, WRITE},
    {WRITE, [] { strerror_r(-1, Buffer, sizeof(Buffer)); }},
    {[] { fgets(Buffer, sizeof(Buffer), File); }, WRITE},
    {[] { getline(&Line, &Room, File); }, [] { Line[0] = 'E'; }},
    {[] { getpwuid(0); }, [] { getpwuid(0); }},
    {[] { fputs("x", File); }, [] { fclose(File); }},
};

int main() {
  for (Case &C : Cases) {
    File = tmpfile();
    fputs("abcdef\n", File);
    rewind(File);
    Steps.reach(0);
    std::thread First([&] {
      C.First();
      Steps.reach(1);
    });
    std::thread Second([&] {
      Steps.await(1);
      C.Second();
    });
    First.join();
    Second.join();
  }
}
