// Waits that are not seen, or not known to be waits.
#include <go/go.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>
#include <unistd.h>

// Reads and writes: a file answers at once, a socket may never.
struct Connection {
  std::mutex M;
  int Fd = 0, Lines = 0;
  void receive(char *Into) {
    std::lock_guard Guard(M);
    Lines += ::read(Fd, Into, 80) > 0; // missed: lock-block
  }
  int lines() {
    std::lock_guard Guard(M);
    return Lines;
  }
};

// The channel is made, and its capacity chosen, by somebody else.
struct Feed {
  explicit Feed(int Room) : Out(Room) {}
  std::mutex M;
  go::Chan<int> Out;
  int Sent = 0;
  void send(int N) {
    std::lock_guard Guard(M);
    Out.send(N); // missed: lock-block
    ++Sent;
  }
  int sent() {
    std::lock_guard Guard(M);
    return Sent;
  }
};

// A loop that asks until somebody else has answered.
struct Spinner {
  std::mutex M, Inner;
  bool Ready = false, Seen = false;
  bool isReady() {
    std::lock_guard Guard(Inner);
    return Ready;
  }
  void await() {
    std::lock_guard Guard(M);
    while (!isReady()) // missed: lock-block
      std::this_thread::yield();
    Seen = true;
  }
  bool seen() {
    std::lock_guard Guard(M);
    return Seen;
  }
};

// Those who want the lock are in another file.
struct Shared {
  std::mutex M;
  void hold() {
    std::lock_guard Guard(M);
    std::this_thread::sleep_for(std::chrono::seconds(1)); // missed: lock-block
  }
};
