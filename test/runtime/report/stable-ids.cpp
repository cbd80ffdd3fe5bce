// Ids are the same in every run, in every folder, whoever comes first.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t 0 > %t.one
// RUN: cd / && %exits 66 %t 0 > %t.two
// RUN: %exits 66 %t 1 > %t.three
// RUN: %python -c "import re,sys; n=[re.findall('id (....-....)', open(f).read()) for f in sys.argv[1:]]; sys.exit(n[0] != n[1] or n[0] != n[2] or len(n[0]) != 1)" %t.one %t.two %t.three
#include "../exact/Unseen.h"
#include <thread>

int Hits;
static Unseen Time;

static void first() { Hits = 1; }
static void second() { Hits = 2; }

int main(int, char **Args) {
  int Swap = Args[1][0] == '1';
  std::thread T([=] {
    Time.await(Swap);
    first();
    Time.reachNext();
  });
  Time.await(!Swap);
  second();
  Time.reachNext();
  T.join();
}
