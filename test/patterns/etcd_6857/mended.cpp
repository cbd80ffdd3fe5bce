// etcd_6857, mended: The status request also listens for the end of the loop.
// (GoBench, CGO 2021: a bug of etcd.)
#include <go/go.h>

#include <memory>

struct Status {
  int Term = 0;
};

struct Node {
  go::Chan<go::Chan<Status>> StatusRequests{0};
  go::Chan<go::Unit> Stop{0};
  go::Chan<go::Unit> Done{0};

  void run() {
    for (;;) {
      go::Chan<Status> Reply;
      switch (go::select(go::recv(StatusRequests, Reply), go::recv(Stop))) {
      case 0:
        Reply.send(Status{1});
        break;
      case 1:
        Done.close();
        return;
      }
    }
  }
  Status status() {
    auto Reply = go::makeChan<Status>();
    if (go::select(go::send(StatusRequests, Reply), go::recv(Done)) == 1)
      return {};
    return Reply.recv();
  }
  void stop() {
    if (go::select(go::send(Stop, go::Unit()), go::recv(Done)) == 1)
      return;
    Done.recv();
  }
};

int main() {
  return go::main([] {
    auto N = std::make_shared<Node>();
    go::spawn([=] { N->run(); });
    go::spawn([=] { N->status(); });
    go::spawn([=] { N->stop(); });
  });
}
