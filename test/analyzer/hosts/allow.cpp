// heddle:allow needs a reason, a check that exists, and something to allow.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <go/go.h>

void trailing() {
  go::WaitGroup Group;
  go::spawn([&] {
    Group.add(1); // heddle:allow(wg-add-in-goroutine) the wait is in a later phase
    Group.done();
  });
  Group.wait();
}

void above() {
  go::WaitGroup Group;
  go::spawn([&] {
    // heddle:allow(wg-add-in-goroutine) the wait is in a later phase
    Group.add(1);
    Group.done();
  });
  Group.wait();
}

void withoutReason() {
  go::WaitGroup Group;
  go::spawn([&] {
    // CHECK: :[[@LINE+2]]:{{.*}} warning: 'Group.add(1)' runs inside
    // CHECK: :[[@LINE+1]]:{{.*}} warning: say why this is allowed, behind the closing parenthesis [allow-without-reason]
    Group.add(1); // heddle:allow(wg-add-in-goroutine)
    Group.done();
  });
  Group.wait();
}

// CHECK: :[[@LINE+1]]:{{.*}} warning: this allows nothing: remove it [allow-unused]
int Nothing = 0; // heddle:allow(wg-add-in-goroutine) nothing here

// CHECK: :[[@LINE+1]]:{{.*}} warning: there is no check 'no-such-check' to allow [allow-unknown-check]
int Unknown = 0; // heddle:allow(no-such-check) a typo
