// serving_4908, broken: A goroutine of a goroutine logs to a test that has
// ended. (GoBench, CGO 2021: a bug of Knative Serving.)
// Static: race-local
// Run: data-race, misuse
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
    if (Finished) // defect
      go::panic("log in a test after it has completed");
    Lines.push_back(std::move(Line));
  }
  void finish() { Finished = true; } // defect
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
  void check() {
    go::spawn([Log = Log] { Log->info("probe failed"); });
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
  T->finish();
}

int main() {
  return go::main([] { testCheck(); });
}
