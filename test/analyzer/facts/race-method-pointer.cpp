// A task that is a method, bound to its object.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s map-unguarded -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=map-unguarded
#include <map>
#include <thread>

class Index {
public:
  void build() {
    std::thread Worker(&Index::fill, this);
    Data.clear();
    Worker.join();
  }

private:
  void fill() {
    Data[1] = 1; // bug: map-unguarded
  }
  std::map<int, int> Data;
};

void use(Index &I) { I.build(); }
