// Threads that are not joined and not found.
#include <thread>

void work();
void mayThrow();

// A function that is called throws.
void thrownBelow() {
  std::thread T(work); // missed: thread-not-joined
  mayThrow();
  T.join();
}

// A member that nobody joins.
struct Server {
  std::thread T;
  void start() { T = std::thread(work); } // missed: thread-not-joined
};
