// 16-byte atomics go through the interface too.
// RUN: %tsan-cxx -std=c++20 -O1 -mcx16 %s -o %t && %exits 0 %t
#include <cassert>
#include <thread>

using Wide = unsigned __int128;
static Wide Flag;
static int Plain;

int main() {
  std::thread Writer([] {
    Plain = 1;
    __atomic_fetch_add(&Flag, Wide(1) << 100, __ATOMIC_RELEASE);
  });
  while (__atomic_load_n(&Flag, __ATOMIC_ACQUIRE) != Wide(1) << 100)
    std::this_thread::yield();
  Plain = 2;
  Writer.join();
  Wide Expected = Wide(1) << 100;
  assert(__atomic_compare_exchange_n(&Flag, &Expected, Wide(7), false,
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
  assert(!__atomic_compare_exchange_n(&Flag, &Expected, Wide(7), false,
                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
  assert(Expected == 7 && __atomic_exchange_n(&Flag, Wide(0), 5) == 7);
}
