// serving_3068, broken: The pool's queue is closed while jobs are still handed
// in. (GoBench, CGO 2021: a bug of Knative Serving.)
// Static: wg-add-in-goroutine
// Run: data-race, misuse
#include <go/go.h>

#include <atomic>
#include <functional>

using namespace std::chrono_literals;

struct Pool {
  go::WaitGroup Jobs;
  go::Chan<std::function<void()>> Work;
  go::Once Closing;

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
    Jobs.add(1);               // defect
    Work.send(std::move(Job)); // defect
  }
  void wait() {
    Closing.call([this] {
      Work.close(); // defect
      go::spawn([this] { Jobs.wait(); });
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
