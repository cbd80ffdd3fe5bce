// Every width of atomic publishes by release and acquire, by a read-modify-
// write, and by a compare-exchange.
// RUN: %tsan-cxx -std=c++20 -O1 -mcx16 %s -o %t && %exits 0 %t
// RUN: %gxx-tsan -std=c++20 -O1 -mcx16 -c %s -o %t.o && %gxx-link %t.o -latomic -o %t.g && %exits 0 %t.g
#include <atomic>
#include <cassert>
#include <thread>

static int Plain;

template <class T> static void publishByStore() {
  static std::atomic<T> Flag{0};
  std::thread Writer([] {
    ++Plain;
    Flag.store(1, std::memory_order_release);
  });
  while (Flag.load(std::memory_order_acquire) != 1)
    std::this_thread::yield();
  ++Plain;
  Writer.join();
}

template <class T> static void publishByUpdate() {
  static std::atomic<T> Turn{0};
  std::thread Writer([] {
    ++Plain;
    Turn.fetch_add(1, std::memory_order_acq_rel);
  });
  T Seen = 1;
  while (!Turn.compare_exchange_weak(Seen, T(2), std::memory_order_acq_rel,
                                     std::memory_order_relaxed))
    Seen = 1;
  ++Plain;
  Writer.join();
  assert(Turn.exchange(3) == 2);
}

template <class T> static void publish() {
  publishByStore<T>();
  publishByUpdate<T>();
}

int main() {
  publish<unsigned char>();
  publish<unsigned short>();
  publish<unsigned>();
  publish<unsigned long>();
  assert(Plain == 16);
}
