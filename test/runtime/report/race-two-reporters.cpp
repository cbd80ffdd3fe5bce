// Threads that report at the same time, in a program with instrumented copies
// of the C++ library that the runtime is written with: a report watches nothing
// of itself, so no thread waits for a report of its own.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: %exits 66 %t | FileCheck %s --implicit-check-not=libheddle
// CHECK-COUNT-25: heddle: DATA RACE
// CHECK: heddle: 25 problems: 25 data races

#include <map>
#include <string>
#include <thread>
#include <vector>

static int Values[24];
static volatile int Sum;

template <int I> static void touch() { Values[I] += 1; }

template <int... I> static void touchAll(std::integer_sequence<int, I...>) {
  (touch<I>(), ...);
}

// What the runtime uses too, so that the program has it.
static int useLibrary(int Seed) {
  std::map<uintptr_t, std::vector<std::string>> Names;
  std::string Text = "name";
  Text.insert(0, Text.c_str());
  Text.replace(0, 2, "another, longer than the small buffer");
  Text.assign("once more");
  Text += std::to_string(Seed);
  Text.append(Text).resize(20);
  Text.erase(0, 3).push_back('!');
  Names.emplace(Seed, std::vector<std::string>{Text});
  return int(Names[Seed].size() + Text.find("more") + Text.rfind('!') +
             Text.substr(2).size() + Text.compare(0, 2, "on"));
}

static void work() {
  touchAll(std::make_integer_sequence<int, 24>());
  Sum = useLibrary(1);
}

int main() {
  std::thread A(work), B(work);
  A.join();
  B.join();
}
