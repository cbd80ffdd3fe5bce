// The initialisation of a local static happens before every use of it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <string>
#include <thread>

static std::string &text() {
  static std::string Text(100, 'x');
  return Text;
}

int main() {
  std::thread A([] { text().size() == 100 ? void() : __builtin_trap(); });
  std::thread B([] { text().size() == 100 ? void() : __builtin_trap(); });
  A.join();
  B.join();
}
