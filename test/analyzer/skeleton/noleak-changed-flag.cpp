// What decides is changed by the scope itself: the ways are not all possible.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

#include <atomic>
#include <memory>
#include <optional>

struct Rows {
  std::atomic<int> Closed{0};
  go::Chan<int> Data{2};
  void push(int Row) {
    if (Closed.load() == 0)
      Data.send(Row);
  }
  void close() {
    Closed.store(1);
    Data.tryRecv();
  }
};
void fillsUp() {
  auto R = std::make_shared<Rows>();
  R->push(1);
  R->push(2);
  go::spawn([=] { R->push(3); });
  R->close();
  R->push(4);
}

struct Lazy : std::enable_shared_from_this<Lazy> {
  go::Mutex M;
  std::optional<int> Started;
  go::Chan<int> Work{0};
  void hand(int W) {
    M.lock();
    if (!Started) {
      Started.emplace(1);
      go::spawn([Me = shared_from_this()] {
        while (true)
          Me->Work.recv();
      });
    }
    M.unlock();
    Work.send(W);
  }
};
void startsOnce() {
  auto L = std::make_shared<Lazy>();
  go::spawn([=] { L->hand(1); });
}
