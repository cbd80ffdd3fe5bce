// What a model file says wrongly is a warning with its place; the rest counts.
// RUN: split-file %s %t
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics -fplugin-arg-heddle-models=%t/wrong.yaml %t/main.cpp 2>&1 | FileCheck %t/main.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics -fplugin-arg-heddle-models=%t/none.yaml %t/main.cpp 2>&1 | FileCheck %t/main.cpp --check-prefix=NONE

//--- wrong.yaml
heddle-model: 1
library: ours
types:
  - { name: "ours::Group", kind: waitgruop }
  - { name: "ours::Latch", kind: waitgroup, colour: red }
functions:
  - { name: "ours::Latch::expect", effect: wg-ad, amount: "arg(0)" }
  - { name: "ours::Latch::arrive", effect: wg-done, amount: "first" }
//--- main.cpp
int main() {}
// CHECK-DAG: wrong.yaml:4:{{[0-9]+}}: unknown kind 'waitgruop'
// CHECK-DAG: wrong.yaml:5:{{[0-9]+}}: unknown key 'colour'
// CHECK-DAG: wrong.yaml:7:{{[0-9]+}}: unknown effect 'wg-ad'
// CHECK-DAG: wrong.yaml:8:{{[0-9]+}}: expected this, result, none, a number, arg(N) or args(N), not 'first'
// NONE: cannot read the model file
