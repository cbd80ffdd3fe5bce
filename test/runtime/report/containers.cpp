// A race inside a container is one report, titled by the container and by what
// was called on it. ThreadSanitizer says nothing of map-erase, set-count and
// list: the links are changed inside libstdc++.so.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 66 %t map | FileCheck %s --check-prefixes=CHECK,MAP
// RUN: %exits 66 %t map-erase | FileCheck %s --check-prefixes=CHECK,ERASE
// RUN: %exits 66 %t set | FileCheck %s --check-prefixes=CHECK,SET
// RUN: %exits 66 %t set-count | FileCheck %s --check-prefixes=CHECK,COUNT
// RUN: %exits 66 %t vector | FileCheck %s --check-prefixes=CHECK,VECTOR
// RUN: %exits 66 %t element | FileCheck %s --check-prefixes=CHECK,ELEMENT
// RUN: %exits 66 %t string | FileCheck %s --check-prefixes=CHECK,STRING
// RUN: %exits 66 %t deque | FileCheck %s --check-prefixes=CHECK,DEQUE
// RUN: %exits 66 %t list | FileCheck %s --check-prefixes=CHECK,LIST
// RUN: %exits 66 %t unordered | FileCheck %s --check-prefixes=CHECK,TABLE
// RUN: %exits 66 %t shared | FileCheck %s --check-prefixes=CHECK,SHARED
// RUN: %exits 66 %t copy | FileCheck %s --check-prefixes=CHECK,COPY
// RUN: %exits 66 %t optional | FileCheck %s --check-prefixes=CHECK,OPTIONAL
// RUN: %exits 66 %t function | FileCheck %s --check-prefixes=CHECK,FUNCTION
// RUN: %exits 66 %t local | FileCheck %s --check-prefixes=CHECK,LOCAL
// MAP:      heddle: DATA RACE on 'Map'  std::map<std::string, int>: operator[] vs count, global, {{.*}}containers.cpp:
// ERASE:    heddle: DATA RACE on 'Map'  std::map<std::string, int>: erase vs begin, global,
// SET:      heddle: DATA RACE on 'Set'  std::set<int>: insert vs size, global,
// COUNT:    heddle: DATA RACE on 'Set'  std::set<int>: insert vs count, global,
// VECTOR:   heddle: DATA RACE on 'Vector'  std::vector<int>: push_back vs size, global,
// ELEMENT:  heddle: DATA RACE on 'Vector'  std::vector<int>, an element  heap, byte 8 of 16, allocated at
// STRING:   heddle: DATA RACE on 'Text'  std::string: operator= vs size, global,
// DEQUE:    heddle: DATA RACE on 'Deque'  std::deque<int>: pop_front vs size, global,
// LIST:     heddle: DATA RACE on 'List'  std::list<int>: pop_front vs front, global,
// TABLE:    heddle: DATA RACE on 'Table'  std::unordered_map<int, int>: operator[] vs count, global,
// SHARED:   heddle: DATA RACE on 'Shared'  std::shared_ptr<int>: operator= vs operator*, global,
// COPY:     heddle: DATA RACE on 'Shared'  std::shared_ptr<int>: reset vs constructor, global,
// OPTIONAL: heddle: DATA RACE on 'Maybe'  std::optional<std::string>: operator= vs has_value, global,
// FUNCTION: heddle: DATA RACE on 'Call'  std::function<int ()>: operator= vs operator(), global,
// LOCAL:    heddle: DATA RACE on {{.*}}std::map<int, int>: operator[] vs size
// CHECK-NOT: heddle: DATA RACE
// CHECK-NOT: heddle: USE AFTER FREE
// CHECK: heddle: 1 problem:
#include "../exact/Unseen.h"
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

std::map<std::string, int> Map = {{"a", 1}, {"b", 2}, {"c", 3}};
std::set<int> Set = {1, 2, 3, 4};
std::vector<int> Vector = {1, 2, 3, 4};
std::string Text;
std::deque<int> Deque = {1, 2};
std::list<int> List = {1, 2};
std::unordered_map<int, int> Table = {{1, 1}};
std::shared_ptr<int> Shared = std::make_shared<int>(1);
std::optional<std::string> Maybe;
std::function<int()> Call = [] { return 1; };
static long Sink;

template <class A, class B> static void race(A First, B Second) {
  static Unseen Time;
  std::thread T([&] {
    First();
    Time.reach(1);
  });
  Time.await(1);
  Second();
  T.join();
}

static void iterate() {
  for (auto &Each : Map)
    Sink += Each.second;
}

int main(int, char **Args) {
  std::string What = Args[1];
  if (What == "map")
    race([] { Map["x"] = 1; }, [] { Sink = Map.count("y"); });
  if (What == "map-erase")
    race([] { Map.erase("b"); }, iterate);
  if (What == "set")
    race([] { Set.insert(9); }, [] { Sink = Set.size(); });
  if (What == "set-count")
    race([] { Set.insert(9); }, [] { Sink = Set.count(1); });
  if (What == "vector")
    race([] { Vector.push_back(1); }, [] { Sink = Vector.size(); });
  if (What == "element")
    race([] { Vector[2] = 7; }, [] { Vector[2] += 1; });
  if (What == "string")
    race([] { Text = "too long for the object itself"; },
         [] { Sink = Text.size(); });
  if (What == "deque")
    race([] { Deque.pop_front(); }, [] { Sink = Deque.size(); });
  if (What == "list")
    race([] { List.pop_front(); }, [] { Sink = List.front(); });
  if (What == "unordered")
    race([] { Table[5] = 1; }, [] { Sink = Table.count(1); });
  if (What == "shared")
    race([] { Shared = std::make_shared<int>(2); }, [] { Sink = *Shared; });
  if (What == "copy")
    race([] { Shared.reset(); }, [] { auto Copy = Shared; });
  if (What == "optional")
    race([] { Maybe = "a"; }, [] { Sink = Maybe.has_value(); });
  if (What == "function")
    race([] { Call = [] { return 2; }; }, [] { Sink = Call(); });
  if (What == "local") {
    std::map<int, int> Mine;
    race([&] { Mine[1] = 1; }, [&] { Sink = long(Mine.size()); });
  }
}
