// atomic-counter on std threads, mended: one atomic operation per addition.
// Teaches: ++ on a plain integer is a read and a write, and loses updates.
// Static: none
// Run: none
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> Counter;

int main() {
  auto Work = [] {
    for (int I = 0; I < 1000; ++I)
      Counter.fetch_add(1);
  };
  std::thread First(Work), Second(Work);
  First.join();
  Second.join();
  std::printf("%d\n", Counter.load());
}
