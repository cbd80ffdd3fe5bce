// Loops that nothing ends.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <thread>

void work();
void poll(int);

// A ticker without a stop.
void startTicker() {
  go::spawn([] { // bug: go-unstoppable
    for (;;) {
      go::sleep(std::chrono::seconds(1));
      work();
    }
  });
}

// Receives for ever: a closed channel gives zeros.
void startReader(go::Chan<int> Values) {
  go::spawn([=] { // bug: go-unstoppable
    while (true)
      poll(Values.recv());
  });
}

// In a named function.
void pollLoop() {
  do {
    work();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  } while (true);
}

void startPolling() {
  std::thread(pollLoop).detach(); // bug: go-unstoppable
}

// In a method, through a helper.
class Monitor {
public:
  void start() {
    Worker = std::thread([this] { run(); }); // bug: go-unstoppable
  }
  ~Monitor() { Worker.join(); }

private:
  void run() {
    work();
    for (;;)
      step();
  }
  void step() { poll(++Count); }

  std::thread Worker;
  int Count = 0;
};

// A `break` that leaves only the switch.
void startSelecting(go::RecvChan<int> Values, go::RecvChan<int> Stop) {
  go::spawn([=] { // bug: go-unstoppable
    for (;;) {
      switch (go::select(go::recv(Values), go::recv(Stop))) {
      case 0:
        work();
        break;
      case 1:
        break;
      }
    }
  });
}
