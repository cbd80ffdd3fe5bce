// What printf and scanf do not touch is no access: beyond a precision, strings
// of other conversions, what a conversion that failed would have stored.
// RUN: %heddle-cxx -std=c++20 -O1 -Wno-format %s -o %t
// RUN: %exits 0 %t | count 0
#include "../exact/Unseen.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

static char Buffer[64];
static char *volatile Text = Buffer;
static char *volatile Nothing;
static FILE *Null;
static Unseen Steps;

static void expect(bool Holds) {
  if (!Holds)
    abort();
}

static void (*const Cases[])() = {
    [] { fprintf(Null, "%.1s", Text); },
    [] { fprintf(Null, "%.*s", 1, Text); },
    [] { fprintf(Null, "%2$.*1$s", 1, Text); },
    [] { fprintf(Null, "%p %%s %c", Text, 's'); },
    [] { fprintf(Null, "%s!", Nothing); },
    [] { fprintf(Null, "%!%s", Text); },
    [] { expect(sscanf("x", "%d", reinterpret_cast<int *>(Text)) == 0); },
    [] { expect(sscanf("", "%s", Text) == EOF); },
    [] {
      int N;
      expect(sscanf("1 2", "%d,%n", &N, reinterpret_cast<int *>(Text)) == 1);
    },
    [] { expect(sscanf("word", "%*s") == 0); },
    [] { expect(sscanf("a", "%1c", Text) == 1); },
};

int main() {
  Null = fopen("/dev/null", "w");
  for (auto *Case : Cases) {
    Steps.reach(0);
    Buffer[0] = Buffer[1] = 'x';
    std::thread First([&] {
      Buffer[1] = 'E';
      Steps.reach(1);
    });
    std::thread Second([&] {
      Steps.await(1);
      Case();
    });
    First.join();
    Second.join();
  }
}
