// What std::call_once initialises is seen by every caller.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <mutex>
#include <thread>

static std::once_flag Flag;
static int Shared;

static void use() {
  std::call_once(Flag, [] { Shared = 7; });
  if (Shared != 7)
    __builtin_trap();
}

int main() {
  std::thread A(use), B(use), C(use);
  A.join();
  B.join();
  C.join();
}
