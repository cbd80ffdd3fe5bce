// serving_4908, mended: The test joins the probes before it ends. (GoBench, CGO
// 2021: a bug of Knative Serving.)
#include <go/go.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

// A test: its log may not be written once it has finished.
struct Test {
  go::Mutex M;
  std::vector<std::string> Lines; // guarded by M
  bool Finished = false;

  void log(std::string Line) {
    std::lock_guard Lock(M);
    if (Finished)
      go::panic("log in a test after it has completed");
    Lines.push_back(std::move(Line));
  }
  void finish() { Finished = true; }
};

struct Writer {
  virtual ~Writer() = default;
  virtual void write(std::string Line) = 0;
};

struct TestWriter : Writer {
  std::shared_ptr<Test> To;
  void write(std::string Line) override { To->log(std::move(Line)); }
};

struct Logger {
  std::shared_ptr<Writer> Core;
  void info(const char *Text) { Core->write(Text); }
};

struct ProbeWatcher {
  std::shared_ptr<Logger> Log;
  go::WaitGroup Probes;
  void check() {
    Probes.go([Log = Log] { Log->info("probe failed"); });
  }
};

void testCheck() {
  auto T = std::make_shared<Test>();
  auto Out = std::make_shared<TestWriter>();
  Out->To = T;
  auto Log = std::make_shared<Logger>();
  Log->Core = Out;
  ProbeWatcher Watcher;
  Watcher.Log = Log;
  go::WaitGroup Wg;
  Wg.go([&] { Watcher.check(); });
  Wg.wait();
  Watcher.Probes.wait();
  T->finish();
}

int main() {
  return go::main([] { testCheck(); });
}
