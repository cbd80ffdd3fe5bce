// A program built with -D_FORTIFY_SOURCE=2 is checked as any other: the
// accesses are seen in the user's line, and an overflow still ends the process.
// RUN: %heddle-cxx -std=c++20 -O2 -D_FORTIFY_SOURCE=2 %s -o %t
// RUN: llvm-readelf --dyn-symbols %t | FileCheck %s --check-prefix=CALLED
// RUN: %exits 66 %t memcpy | FileCheck %s -DCALL=memcpy
// RUN: %exits 66 %t memset | FileCheck %s -DCALL=memset
// RUN: %exits 66 %t strcpy | FileCheck %s -DCALL=strcpy
// RUN: %exits 66 %t strcat | FileCheck %s -DCALL=strcat
// RUN: %exits 66 %t snprintf | FileCheck %s -DCALL=snprintf
// RUN: %exits 66 %t sprintf | FileCheck %s -DCALL=sprintf
// RUN: %exits 66 %t read | FileCheck %s -DCALL=read
// RUN: %exits 66 %t pread | FileCheck %s -DCALL=pread
// RUN: %exits 66 %t fgets | FileCheck %s -DCALL=fgets
// RUN: %exits 66 %t fread | FileCheck %s -DCALL=fread
// RUN: not --crash %t overflow-memcpy 2>&1 | FileCheck %s --check-prefix=OVER
// RUN: not --crash %t overflow-fread 2>&1 | FileCheck %s --check-prefix=OVER
// CALLED-DAG: __memcpy_chk
// CALLED-DAG: __strcpy_chk
// CALLED-DAG: __fread_chk
// CHECK: heddle: DATA RACE on 'Buffer'
// CHECK: {{read|write}}{{.*}}race-fortified.cpp:{{.*}}[[CALL]](
// CHECK: heddle: {{[12]}} problem
// OVER: buffer overflow detected

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <string>
#include <thread>
#include <unistd.h>

static char Buffer[64];
static volatile size_t Size = 16;
static const char *volatile Text = "sixteen letters";

static void use(const std::string &Call) {
  size_t N = Size;
  if (Call == "memcpy")
    memcpy(Buffer, Text, N);
  else if (Call == "memset")
    memset(Buffer, 1, N);
  else if (Call == "strcpy")
    strcpy(Buffer, Text);
  else if (Call == "strcat")
    strcat(Buffer, Text);
  else if (Call == "snprintf")
    snprintf(Buffer, N, "%s", Text);
  else if (Call == "sprintf")
    sprintf(Buffer, "%s", Text);
  int Fd = open("/dev/zero", O_RDONLY);
  if (Call == "read" && read(Fd, Buffer, N) < 0)
    perror("read");
  if (Call == "pread" && pread(Fd, Buffer, N, 0) < 0)
    perror("pread");
  close(Fd);
  FILE *F = fopen("/proc/self/cmdline", "r");
  if (Call == "fgets" && !fgets(Buffer, int(N), F))
    perror("fgets");
  if (Call == "fread" && !fread(Buffer, 1, N, F))
    perror("fread");
  fclose(F);
}

int main(int, char **Arguments) {
  std::string Call = Arguments[1];
  if (Call.starts_with("overflow")) {
    Size = 65;
    Call = Call.substr(9);
    static const char Long[128] = "";
    Text = Long;
    use(Call);
    return 0;
  }
  std::thread T([&] { use(Call); });
  Buffer[0] = 1;
  T.join();
}
