// Copies and assignments of an object touch all of its members.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s race-local -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=race-local
#include <chrono>
#include <thread>
#include <vector>

struct Stats {
  int Reads = 0, Writes = 0;
};
std::chrono::seconds Limit(1);

void copied() {
  Stats S;
  std::thread Worker([&] { ++S.Reads; }); // bug: race-local
  Stats Copy = S;
  Worker.join();
}
void assigned() {
  std::thread Worker([] { Limit = std::chrono::seconds(2); }); // bug: race-local
  auto Copy = Limit;
  Worker.join();
}
// Every element, by both.
void elements(std::vector<Stats> &All) {
  std::thread Worker([&] {
    for (Stats &S : All)
      ++S.Reads; // bug: race-local
  });
  int Sum = 0;
  for (Stats &S : All)
    Sum += S.Reads;
  Worker.join();
}
// Each its own.
void shares(std::vector<Stats> &All, int Mine) {
  std::thread Worker([&] {
    for (Stats &S : All)
      if (S.Writes == Mine)
        ++S.Reads;
  });
  for (Stats &S : All)
    if (S.Writes != Mine)
      S.Reads = 0;
  Worker.join();
}
// After the join.
void joined() {
  Stats S;
  std::thread Worker([&] { ++S.Reads; });
  Worker.join();
  Stats Copy = S;
}
