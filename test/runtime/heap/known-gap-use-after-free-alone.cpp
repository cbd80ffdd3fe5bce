// The only strand of the process uses its own freed block, further inside than
// the first 128 bytes. Found with the option record-alone.
// XFAIL: *
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: USE AFTER FREE
#include <cstdlib>

int main() {
  auto *Block = static_cast<volatile char *>(std::malloc(4096));
  std::free(const_cast<char *>(Block));
  Block[2000] = 1;
}
