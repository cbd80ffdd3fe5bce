// Waits without a notify that are not found.
#include <condition_variable>
#include <mutex>

struct Gate {
  std::mutex M;
  std::condition_variable Opened;
  bool Open = false;
  // Other files could notify.
  void pass() {
    std::unique_lock Guard(M);
    Opened.wait(Guard, [this] { return Open; }); // missed: cv-no-notify
  }
};
