// What the check does not see.
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

// A pool that this file does not show: whether it runs the task elsewhere is
// not known.
struct Pool {
  void submit(std::function<void()> Task);
};

void unknownPool(Pool &P) {
  std::map<int, int> Counts;
  P.submit([&] { Counts[1]++; }); // missed: map-unguarded
  P.submit([&] { Counts[2]++; });
}

// Element indices are not compared: these two may be the same.
void indices(std::vector<std::vector<int>> &Rows, size_t I, size_t J) {
  std::thread A([&] { Rows[I].push_back(1); }); // missed: map-unguarded
  std::thread B([&] { Rows[J].push_back(2); });
  A.join();
  B.join();
}

// A semaphore with two permits is taken for a lock.
#if __has_include(<semaphore>)
#include <semaphore>
void twoPermits() {
  std::map<int, int> Counts;
  std::counting_semaphore<> Two(2);
  auto Use = [&] {
    Two.acquire();
    Counts[1]++; // missed: map-unguarded
    Two.release();
  };
  std::thread A(Use), B(Use);
  A.join();
  B.join();
}
#endif

// A method that others call while the thread of the object runs: nothing in
// this file calls it at that time.
class Poller {
public:
  void start() {
    Worker = std::thread([this] {
      for (int I = 0; I < 100; ++I)
        Values[I] = I; // missed: map-unguarded
    });
  }
  void stop() { Worker.join(); }
  size_t size() const { return Values.size(); }

private:
  std::thread Worker;
  std::map<int, int> Values;
};

// What a field of an array's element points to is not followed.
#if __has_include(<pthread.h>)
#include <pthread.h>
struct Job {
  std::vector<int> *Out;
  int Id;
};

void *append(void *Arg) {
  auto *J = static_cast<Job *>(Arg);
  J->Out->push_back(J->Id); // missed: map-unguarded
  return nullptr;
}

void jobs() {
  std::vector<int> Out;
  pthread_t Threads[4];
  Job Jobs[4];
  for (int I = 0; I < 4; ++I) {
    Jobs[I] = {&Out, I};
    pthread_create(&Threads[I], nullptr, append, &Jobs[I]);
  }
  for (pthread_t T : Threads)
    pthread_join(T, nullptr);
}
#endif
