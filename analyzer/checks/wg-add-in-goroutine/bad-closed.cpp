// A flag that is meant to keep late tasks out.
#include <go/go.h>

#include <mutex>
#include <thread>

// The flag is tested in one section of the lock and the add is in another.
class Queue {
public:
  void push() {
    {
      std::lock_guard Guard(M);
      if (Closed)
        return;
    }
    std::lock_guard Guard(M);
    Jobs.add(1); // bug: wg-add-in-goroutine
    go::spawn([this] { Jobs.done(); });
  }
  void close() {
    {
      std::lock_guard Guard(M);
      Closed = true;
    }
    Jobs.wait();
  }

private:
  std::mutex M;
  bool Closed = false;
  go::WaitGroup Jobs;
};

void lateJobsAreLost() {
  Queue Q;
  std::thread Pusher([&] { Q.push(); });
  Q.close();
  Pusher.join();
}
