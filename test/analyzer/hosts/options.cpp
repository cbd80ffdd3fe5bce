// Options of the plugin: choice of checks, and a clear word on mistakes.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-disable=wg-add-in-goroutine %s 2>&1 | count 0
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded %s 2>&1 | count 0
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=wg-add-in-goroutine %s 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=no-such %s 2>&1 | FileCheck %s --check-prefix=CHECKS
// RUN: not %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-colour=1 %s 2>&1 | FileCheck %s --check-prefix=OPTION
// ONE: [wg-add-in-goroutine]
// CHECKS: there is no check 'no-such'
// OPTION: unknown option 'colour'
#include <go/go.h>

void run() {
  go::WaitGroup Group;
  go::spawn([&] {
    Group.add(1);
    Group.done();
  });
  Group.wait();
}
