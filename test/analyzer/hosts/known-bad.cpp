// The shared object registers itself: a file that is known to be bad is
// reported, with a note and a fix.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --check-prefix=FIX
#include <go/go.h>

void run() {
  go::WaitGroup Group;
  go::spawn([&] {
    // CHECK: known-bad.cpp:[[@LINE+1]]:5: warning: 'Group.add(1)' runs inside the goroutine it counts; it may run after 'Group.wait()' on line [[@LINE+6]] has already returned [wg-add-in-goroutine]
    Group.add(1);
    Group.done();
  });
  // FIX: fix-it:{{.*}}known-bad.cpp":{9:1-9:1}:"  Group.add(1);\n"
  // CHECK: known-bad.cpp:[[@LINE+1]]:3: note: this wait can see the counter at 0
  Group.wait();
}
