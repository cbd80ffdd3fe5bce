// atomic-counter on std threads, broken: two threads add to a plain counter.
// Teaches: ++ on a plain integer is a read and a write, and loses updates.
// Static: race-local
// Run: data-race on 'Counter'
#include <cstdio>
#include <thread>

int Counter;

int main() {
  auto Work = [] {
    for (int I = 0; I < 1000; ++I)
      Counter++;
  };
  std::thread First(Work), Second(Work);
  First.join();
  Second.join();
  std::printf("%d\n", Counter);
}
