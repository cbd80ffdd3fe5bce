// cockroach_35073, mended: The consumer says that it has closed, whatever
// happens, and frees a place. (GoBench, CGO 2021: a bug of CockroachDB.)
#include <go/go.h>

#include <atomic>
#include <memory>

enum Status { NeedMoreRows, ConsumerClosed };

struct RowChannel {
  std::atomic<int> ConsumerStatus{NeedMoreRows};
  go::Chan<int> Data{16};

  void push(int Row) {
    if (ConsumerStatus.load() == NeedMoreRows)
      Data.send(Row);
  }
  void consumerClosed() {
    ConsumerStatus.store(ConsumerClosed);
    Data.tryRecv();
  }
};

struct Outbox {
  std::shared_ptr<RowChannel> Rows;

  go::Error mainLoop() {
    go::Defer Closed([this] { Rows->consumerClosed(); });
    return go::Error("no connection");
  }
  void start(go::WaitGroup &Wg) {
    Wg.add(1);
    go::spawn([this, &Wg] {
      mainLoop();
      Wg.done();
    });
  }
};

int main() {
  return go::main([] {
    auto Rows = std::make_shared<RowChannel>();
    Outbox Out{Rows};
    for (int I = 0; I < 16; ++I)
      Rows->push(I);
    go::WaitGroup Producers, Consumers;
    Producers.add(1);
    go::spawn([&, Rows] {
      Rows->push(16);
      Producers.done();
    });
    Out.start(Consumers);
    Consumers.wait();
    Rows->push(17);
    Producers.wait();
  });
}
