// Conditions of which only the waiter knows.
#include <go/go.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

struct Plugin {
  std::mutex M;
  std::condition_variable Loaded;
  bool Ready = false;
  void load() {
    std::lock_guard Guard(M);
    Ready = true;
  }
  void use() {
    std::unique_lock Guard(M);
    Loaded.wait(Guard, [this] { return Ready; }); // bug: cv-no-notify
  }
};

void forgotten() {
  auto P = std::make_shared<Plugin>();
  std::thread Worker([=] { P->load(); });
  P->use();
  Worker.join();
}

void local() {
  go::Mutex M;
  go::Cond Changed(M);
  bool Ready = false;
  go::WaitGroup Wg;
  Wg.go([&] {
    std::lock_guard Guard(M);
    while (!Ready)
      Changed.wait(); // bug: cv-no-notify
  });
  Wg.wait();
}
