// A timer of a global object is started by its constructor, before go::main.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0
// XFAIL: *
#include <go/go.h>

using namespace std::chrono_literals;

static go::Timer Slow(1h);

int main() {
  return go::main([] { Slow.stop(); });
}
