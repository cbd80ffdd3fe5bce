// The fix defers the done; then the program is silent. A done that is all that
// a branch holds is left where it is.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only %t.cpp 2>&1 | FileCheck %s --check-prefix=AFTER
// RUN: FileCheck %s --input-file=%t.cpp
#include <go/go.h>

bool work();

void early() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (!work())
      return;
    work();
    Group.done();
  });
  Group.wait();
}
// CHECK: {{^}}  go::spawn([&] {
// CHECK-NEXT: {{^}}    go::Defer AtExit([&] { Group.done(); });
// CHECK-NEXT: {{^}}    if (!work())
// CHECK-NEXT: {{^}}      return;
// CHECK-NEXT: {{^}}    work();
// CHECK-NEXT: {{^}}  });

void branch() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (work())
      Group.done();
  });
  Group.wait();
}
// AFTER-COUNT-1: warning:
// AFTER-NOT: warning:
// CHECK: if (work())
// CHECK-NEXT: {{^}}      Group.done();
