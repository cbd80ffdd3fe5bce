// serving_3068, mended: Late jobs are dropped, and the queue is closed after
// the last one. (GoBench, CGO 2021: a bug of Knative Serving.)
#include <go/go.h>

#include <atomic>
#include <functional>
#include <mutex>

using namespace std::chrono_literals;

struct Pool {
  go::WaitGroup Jobs;
  go::Chan<std::function<void()>> Work;
  go::Once Closing;
  go::Mutex M;
  bool Closed = false; // guarded by M

  Pool(int Workers, int Capacity) : Work(Capacity) {
    for (int I = 0; I < Workers; ++I) {
      go::spawn([this, Work = Work] {
        for (auto Job : Work) {
          Job();
          Jobs.done();
        }
      });
    }
  }
  void go(std::function<void()> Job) {
    {
      std::lock_guard Lock(M);
      if (Closed)
        return;
      Jobs.add(1);
    }
    Work.send(std::move(Job));
  }
  void wait() {
    Closing.call([this] {
      std::lock_guard Lock(M);
      Closed = true;
      go::spawn([this] {
        Jobs.wait();
        Work.close();
      });
    });
  }
};

std::atomic<int> Count;

int main() {
  return go::main([] {
    static Pool P(1, 5);
    go::WaitGroup Wg;
    Wg.add(5);
    go::spawn([&] {
      for (int I = 0; I < 5; ++I) {
        P.go([] { ++Count; });
        go::sleep(10ms);
        Wg.done();
      }
    });
    P.wait();
    Wg.wait();
  });
}
