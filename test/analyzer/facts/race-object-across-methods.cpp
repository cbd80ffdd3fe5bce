// One method starts the task, the caller uses another.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

class Service {
public:
  void start() {
    Worker = std::thread([this] {
      Jobs[1] = 1; // bug: map-unguarded
    });
  }
  void stop() { Worker.join(); }
  void add(int K) { Jobs[K] = 1; }

private:
  std::map<int, int> Jobs;
  std::thread Worker;
};

int main() {
  Service S;
  S.add(0);
  S.start();
  S.add(2);
  S.stop();
}
