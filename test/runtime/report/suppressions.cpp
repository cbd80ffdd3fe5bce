// A suppression silences a finding by any frame of either stack, by where a
// thread was created, or by the global; what it leaves is reported.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: echo '# all at once' > %t.supp && echo '  race:^touch(  ' >> %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t | count 0
// RUN: echo 'race:suppressions.c*$' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp,verbose %exits 0 %t | FileCheck %s --check-prefix=OK
// OK: heddle: ok - {{[0-9.]+}} s (2 suppressed){{$}}
// RUN: echo 'race:spawner' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t | count 0
// RUN: echo 'race:*suppressions.cpp.tmp$' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t | count 0
// RUN: echo 'race:^One$' > %t.supp && echo 'race:Nowhere' >> %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 66 %t | FileCheck %s --check-prefix=ONE --implicit-check-not=heddle:
// ONE: heddle: DATA RACE on 'Two'
// ONE: heddle: 1 problem: 1 data race (1 suppressed) · 1 suppression unused ·
// RUN: env HEDDLE=suppressions=%t.supp,verbose %exits 66 %t | FileCheck %s --check-prefix=UNUSED
// UNUSED: heddle: unused suppression {{.*}}suppressions.cpp.tmp.supp:2: race:Nowhere

// Kinds: another kind silences nothing.
// RUN: echo 'deadlock:touch' > %t.supp && echo 'thread:*' >> %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 66 %t | FileCheck %s --check-prefix=BOTH
// BOTH: heddle: 2 problems: 2 data races · 2 suppressions unused
// RUN: echo 'race_top:^touch' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t | count 0
// RUN: echo 'race_top:^spawner' > %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 66 %t | FileCheck %s --check-prefix=TOP
// TOP: heddle: 2 problems: 2 data races

// A bad line is told, and the rest holds.
// RUN: echo 'rase:touch' > %t.supp && echo 'touch' >> %t.supp && echo 'race:' >> %t.supp && echo 'data-race:touch' >> %t.supp
// RUN: env HEDDLE=suppressions=%t.supp %exits 0 %t | FileCheck %s --check-prefix=BAD
// BAD: heddle: warning: {{.*}}.supp:1: unknown kind 'rase'; did you mean 'race'?; the line is ignored
// BAD: heddle: warning: {{.*}}.supp:2: a suppression is kind:pattern, and 'touch' has no colon; the line is ignored
// BAD: heddle: warning: {{.*}}.supp:3: 'race:' has no pattern; for all, write race:*; the line is ignored
// BAD-NOT: heddle:

// A file that cannot be read ends the program before it starts.
// RUN: env HEDDLE=suppressions=/nowhere/x.supp %exits 2 %t | FileCheck %s --check-prefix=NOFILE
// NOFILE: heddle: cannot read the suppressions '/nowhere/x.supp': No such file or directory; name another file, or suppressions=none
// RUN: env HEDDLE=suppressions=/ %exits 2 %t | FileCheck %s --check-prefix=FOLDER
// FOLDER: heddle: cannot read the suppressions '/': Is a directory

// heddle.supp in a folder above is the project's; a name without a folder is
// looked up beside the program, too.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/a/b && echo 'race:touch' > %t.dir/heddle.supp
// RUN: cd %t.dir/a/b && %exits 0 %t | count 0
// RUN: cd %t.dir/a/b && env HEDDLE=suppressions=none %exits 66 %t | FileCheck %s --check-prefix=TOP
// RUN: cp %t.dir/heddle.supp %t.beside && cd / && env HEDDLE=suppressions=suppressions.cpp.tmp.beside %exits 0 %t | count 0

// The findings file knows what each did.
// RUN: echo 'race:One' > %t.supp && rm -rf %t.out
// RUN: env HEDDLE=suppressions=%t.supp,out=%t.out %exits 66 %t
// RUN: cat %t.out/*.json | FileCheck %s --check-prefix=FILE
// FILE: "suppressed": 1
// FILE: "kind": "race"
// FILE-NEXT: "pattern": "One"
// FILE-NEXT: "file": "{{.*}}.supp"
// FILE-NEXT: "line": 1
// FILE-NEXT: "matched": 1
#include "../exact/Unseen.h"
#include <thread>

int One, Two;
static Unseen Time;

__attribute__((noinline)) static void touch(int Value) {
  One = Value;
  Two = Value;
}

__attribute__((noinline)) static std::thread spawner() {
  return std::thread([] {
    touch(1);
    Time.reach(1);
  });
}

int main() {
  std::thread T = spawner();
  Time.await(1);
  touch(2);
  T.join();
}
