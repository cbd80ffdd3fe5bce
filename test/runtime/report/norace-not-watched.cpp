// What the user takes out of the watch makes no report: functions by their
// attribute, regions by the annotations.
// RUN: %heddle-cxx -std=c++20 -O1 -g -Wno-unknown-sanitizers %s -o %t
// RUN: %exits 0 %t | count 0
// RUN: %exits 66 %t watched | FileCheck %s
// CHECK: heddle: 1 problem: 1 data race
#include "../exact/Unseen.h"
#include <heddle/Annotate.h>
#include <thread>

int Attribute, Region, Watched;
static Unseen Time;
static bool Also;

__attribute__((noinline, no_sanitize("heddle"))) static void plain(int Value) {
  Attribute = Value;
}

static void touch(int Value) {
  plain(Value);
  HEDDLE_IGNORE_BEGIN();
  HEDDLE_IGNORE_BEGIN();
  Region = Value;
  HEDDLE_IGNORE_END();
  Region = Value + 1;
  HEDDLE_IGNORE_END();
  if (Also)
    Watched = Value;
}

int main(int Count, char **) {
  Also = Count > 1;
  std::thread T([] {
    touch(1);
    Time.reach(1);
  });
  Time.await(1);
  touch(2);
  T.join();
}
