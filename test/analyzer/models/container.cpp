// A container of the user's own, described by a model.
// RUN: split-file %s %t
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics -fplugin-arg-heddle-models=%t/table.yaml %t/main.cpp 2>&1 | FileCheck %t/main.cpp --implicit-check-not=warning:
// RUN: %clang_heddle -std=c++17 -fsyntax-only %t/main.cpp 2>&1 | count 0

//--- table.yaml
heddle-model: 1
library: ours
types:
  - name: "ours::Table"
    kind: container
    read: [get, size]
    write: [put]
//--- main.cpp
#include <thread>
namespace ours {
struct Table {
  int get(int K) const;
  int size() const;
  void put(int K, int V);
};
} // namespace ours

int shared() {
  ours::Table T;
  // CHECK: :[[@LINE+1]]:{{.*}} warning: 'T' is changed while another task may use it
  std::thread Writer([&] { T.put(1, 2); });
  int N = T.get(1);
  Writer.join();
  return N;
}

int readOnly() {
  ours::Table T;
  std::thread Reader([&] { (void)T.get(2); });
  int N = T.size();
  Reader.join();
  return N;
}
