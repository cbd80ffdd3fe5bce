// Orders of locks that are not compared.
#include <mutex>
#include <thread>
#include <vector>

// Nobody in this file runs both at once.
struct Library {
  std::mutex A, B;
  int N = 0;
  void one() {
    std::lock_guard First(A);
    std::lock_guard Second(B);
    ++N;
  }
  void other() {
    std::lock_guard First(B);
    std::lock_guard Second(A); // missed: lock-order
    ++N;
  }
};

// Two elements of one container.
void elements(std::vector<std::mutex> &Locks, int I, int J) {
  std::thread Worker([&] {
    std::lock_guard First(Locks[I]);
    std::lock_guard Second(Locks[J]);
  });
  {
    std::lock_guard First(Locks[J]);
    std::lock_guard Second(Locks[I]); // missed: lock-order
  }
  Worker.join();
}
