// Copies of what only works as one.
#include <pthread.h>

// A counter of this library is an ordinary value.
namespace std {
class latch {
public:
  explicit latch(long);
  latch(const latch &);
  void count_down(long = 1);
  void wait();
};
class mutex {
public:
  mutex();
  mutex(const mutex &);
  void lock();
  void unlock();
};
class thread {
public:
  template <class F, class... As> explicit thread(F Task, As... Args) {}
  void join();
};
} // namespace std

void captured() {
  std::latch Done(1);
  std::thread T([Done]() mutable { Done.count_down(); }); // bug: wg-copy
  Done.wait();
  T.join();
}

void byDefault(int &N) {
  std::mutex M;
  std::thread T([=, &N]() mutable {
    M.lock(); // bug: wg-copy
    ++N;
    M.unlock();
  });
  T.join();
}

void add(std::mutex M, int &N) { // bug: wg-copy
  M.lock();
  ++N;
  M.unlock();
}

void ownLock(int &N) {
  std::mutex M;
  M.lock(); // bug: wg-copy
  ++N;
  M.unlock();
}

void passed(pthread_mutex_t M, int *N) { // bug: wg-copy
  pthread_mutex_lock(&M);
  ++*N;
  pthread_mutex_unlock(&M);
}
