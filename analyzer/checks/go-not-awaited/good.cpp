// Everything that main starts is waited for.
#include <go/go.h>

#include <cstdio>
#include <future>
#include <thread>
#include <vector>

void save(int Value);

int main() {
  std::thread Joined([] { save(1); });
  Joined.join();
  std::jthread ByItself([] { save(2); });
  auto Result = std::async(std::launch::async, [] { save(3); });
  return go::main([] {
    go::WaitGroup Wg;
    for (int I = 0; I < 3; ++I)
      Wg.go([=] { save(I); });
    Wg.add(1);
    go::spawn([&] {
      save(4);
      Wg.done();
    });
    Wg.wait();
    auto Done = go::makeChan<int>();
    go::spawn([=] {
      save(5);
      Done.send(1);
    });
    go::spawn([=] {
      save(6);
      Done.send(1);
    });
    Done.recv();
    Done.recv();
    std::puts("all saved");
  });
}
