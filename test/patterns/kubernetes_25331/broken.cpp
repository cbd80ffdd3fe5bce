// kubernetes_25331, broken: A result is sent after the reader of results has
// been cancelled away. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <memory>

struct WatchChan {
  go::CancelContext Ctx = go::withCancel(go::background());
  go::Chan<go::Error> Result{0};
  go::Chan<go::Error> Errors{0};

  void run() {
    go::Error Err;
    switch (go::select(go::recv(Errors, Err), go::recv(Ctx.done()))) {
    case 0:
      Ctx.cancel();
      Result.send(Err); // defect
      break;
    case 1:
      break;
    }
  }
  void stop() {
    Errors.send(go::Error("compacted"));
    Ctx.cancel();
  }
};

int main() {
  return go::main([] {
    auto Watch = std::make_shared<WatchChan>();
    go::spawn([=] { Watch->run(); });
    go::spawn([=] { Watch->stop(); });
  });
}
