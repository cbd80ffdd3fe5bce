// A channel that only a user's model describes, between plain threads.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return -fplugin-arg-heddle-models=%S/Inputs/mine.yaml
#include <thread>

namespace mine {
class Queue {
public:
  explicit Queue(int Capacity);
  void push(int V);
  int pop();
  void shutdown();
};
} // namespace mine

bool timeIsUp();

int early() {
  mine::Queue Q(1);
  std::thread Producer([&] {
    Q.push(1);
    Q.push(2); // bug: chan-leak-on-return
  });
  Producer.join();
  return Q.pop();
}

int right() {
  mine::Queue Q(2);
  std::thread Producer([&] {
    Q.push(1);
    Q.push(2);
  });
  Producer.join();
  return Q.pop();
}
