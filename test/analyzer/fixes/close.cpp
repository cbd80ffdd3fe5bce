// The fix closes the channel behind the last send; then the program is silent.
// RUN: cp %s %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Xclang -fixit %t.cpp
// RUN: %clang_heddle -std=c++17 -fsyntax-only -Werror %t.cpp
// RUN: FileCheck %s --input-file=%t.cpp
#include <go/go.h>

int sum() {
  auto Numbers = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 0; I < 3; ++I)
      Numbers.send(I);
  });
  int Sum = 0;
  for (int N : Numbers)
    Sum += N;
  return Sum;
}
// CHECK: Numbers.send(I);
// CHECK-NEXT: {{^}}    Numbers.close();
// CHECK-NEXT: {{^}}  });

void inTurn(int &Sum) {
  auto Numbers = go::makeChan<int>(2);
  auto Ended = go::makeChan<int>();
  go::spawn([=, &Sum] {
    for (int N : Numbers)
      Sum += N;
    Ended.close();
  });
  Numbers.send(1);
  Numbers.send(2);
  Ended.recv();
}
// CHECK: {{^}}  Numbers.send(2);
// CHECK-NEXT: {{^}}  Numbers.close();
// CHECK-NEXT: {{^}}  Ended.recv();
