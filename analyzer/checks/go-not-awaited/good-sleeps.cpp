// Sleeps at the end of main that stand for no wait.
#include <go/go.h>

#include <chrono>
#include <memory>
#include <mutex>

using namespace std::chrono_literals;

struct Connection {
  std::mutex M;
  std::unique_ptr<int> Name = std::make_unique<int>(1);
  void close() {
    std::lock_guard Guard(M);
    Name.reset();
  }
};

void save(int Value);

int main() {
  return go::main([] {
    // Nothing is missed if it does not run.
    auto C = std::make_shared<Connection>();
    go::spawn([=] { C->close(); });
    // A ticker runs for a while.
    go::spawn([] {
      for (;;) {
        go::sleep(1ms);
        save(1);
      }
    });
    // Waited for, and a moment more.
    go::WaitGroup Wg;
    Wg.go([] { save(2); });
    Wg.wait();
    go::sleep(100ms);
  });
}
