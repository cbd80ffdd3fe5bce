// A relaxed flag of any width publishes nothing.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
#include <atomic>
#include <thread>

static int Plain[4];

template <class T> static void publish(int *Where) {
  static std::atomic<T> Flag{0};
  std::thread Writer([=] {
    *Where = 1;
    Flag.store(1, std::memory_order_relaxed);
  });
  while (Flag.load(std::memory_order_relaxed) != 1)
    std::this_thread::yield();
  *Where = 2;
  Writer.join();
}

int main() {
  publish<unsigned char>(&Plain[0]);
  publish<unsigned short>(&Plain[1]);
  publish<unsigned>(&Plain[2]);
  publish<unsigned long>(&Plain[3]);
}
// CHECK: 4 data races
