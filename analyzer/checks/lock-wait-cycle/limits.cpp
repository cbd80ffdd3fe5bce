// Cycles of waits and locks that are not found.
#include <go/go.h>

#include <condition_variable>
#include <mutex>

// Other files may send as well.
void given(std::mutex &M, go::Chan<int> Values, int &Sum) {
  go::spawn([=, &M, &Sum] {
    std::lock_guard Guard(M);
    Values.send(++Sum);
  });
  std::lock_guard Guard(M);
  Values.recv(); // missed: lock-wait-cycle
}

// A condition, whose notifier needs the outer lock.
void condition(std::mutex &Outer) {
  std::mutex M;
  std::condition_variable Changed;
  bool Ready = false;
  go::spawn([&] {
    std::lock_guard First(Outer);
    std::lock_guard Guard(M);
    Ready = true;
    Changed.notify_one();
  });
  std::lock_guard First(Outer);
  std::unique_lock Guard(M);
  Changed.wait(Guard, [&] { return Ready; }); // missed: lock-wait-cycle
}
