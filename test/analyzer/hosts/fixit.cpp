// The fix gives a program that is silent.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <go/go.h>

void run() {
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I) {
    go::spawn([&] {
      Group.add(1);
      Group.done();
    });
  }
  Group.wait();
}
// CHECK: for (int I = 0; I < 3; ++I) {
// CHECK-NEXT: {{^}}    Group.add(1);
// CHECK-NEXT: {{^}}    go::spawn([&] {
// CHECK-NEXT: {{^}}      Group.done();
