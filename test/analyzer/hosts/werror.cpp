// -Werror makes findings errors, -w hides them.
// RUN: not %clang_heddle -std=c++17 -Werror -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: %clang_heddle -std=c++17 -w -fsyntax-only %s 2>&1 | count 0
#include <go/go.h>

void run() {
  go::WaitGroup Group;
  go::spawn([&] {
    // CHECK: error: 'Group.add(1)' runs inside
    Group.add(1);
    Group.done();
  });
  Group.wait();
}
