// heddle:allow in the source silences the finding of that line.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t 2> %t.err
// RUN: FileCheck %s --check-prefix=COMPILE --allow-empty --input-file=%t.err
// COMPILE-NOT: allow-unknown-check
// COMPILE-NOT: allow-unused
// RUN: %exits 66 %t | FileCheck %s --implicit-check-not="heddle: {{[A-Za-z0-9]}}"
// CHECK: heddle: DATA RACE on 'Reported'
// CHECK: heddle: warning: {{.*}}allow-comment.cpp:[[#@LINE+21]]:14: heddle:allow needs a reason behind the parenthesis; the finding is reported
// CHECK: heddle: DATA RACE on 'Unreasoned'
// CHECK: heddle: DATA RACE on 'Another'
// CHECK: heddle: 3 problems: 3 data races (3 suppressed)
#include "../exact/Unseen.h"
#include <thread>

int Reported, Unreasoned, Another, Behind, Above;
// heddle:allow(race): a statistic that may be off by some
int Declared;
static Unseen Time;

static void mark(int Value) {
  Behind = Value; // heddle:allow(data-race) the last one wins
  // heddle:allow(misuse, data-race) either
  // is right here

  Above = Value;
  Declared = Value;
  Reported = Value;
  // A comment that is none.
  Unreasoned = Value; // heddle:allow(data-race)
  Another = Value;    // heddle:allow(leak) of another kind
}

int main() {
  std::thread T([] {
    mark(1);
    Time.reach(1);
  });
  Time.await(1);
  mark(2);
  T.join();
}
