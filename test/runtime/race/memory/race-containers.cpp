// Containers, strings and smart pointers used by two: each case is one race at
// the named place, however many words it touches.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

std::vector<int> Vec(10);
std::string Text = "hello";
std::map<int, int> Map;
std::unordered_map<std::string, int> Hash;
std::shared_ptr<int> Ptr = std::make_shared<int>(1);

RACE(vectorPushPush, "'Vec'") {
  inOrder([] { Vec.push_back(1); },  // races
          [] { Vec.push_back(2); }); // races
}
RACE(vectorPushSize, "'Vec'") {
  inOrder([] { Vec.push_back(1); }, // races
          [] { use(Vec.size()); }); // races
}
RACE(vectorElement, "'Vec'") {
  inOrder([] { Vec[3] = 1; },   // races
          [] { use(Vec[3]); }); // races
}
RACE(vectorElementInLoop, "std::vector") {
  inOrder([] { Vec[3] = 1; },                                       // races
          [] { use(std::accumulate(Vec.begin(), Vec.end(), 0)); }); // races
}
RACE(vectorSorted, "std::vector") {
  inOrder([] { Vec[9] = 1; },                         // races
          [] { std::sort(Vec.begin(), Vec.end()); }); // races
}
RACE(vectorCopied, "'Vec'") {
  inOrder([] { Vec[5] = 1; }, // races
          [] {
            std::vector<int> Copy = Vec; // races
            use(Copy.size());
          });
}
RACE(vectorReplaced, "'Vec'") {
  inOrder([] { use(Vec[2]); },                 // races
          [] { Vec = std::vector<int>(20); }); // races
}
RACE(vectorAndItsAlias, "std::vector") {
  int *Alias = Vec.data();
  inOrder([] { Vec[3] = 3; },     // races
          [=] { Alias[3] = 4; }); // races
}
std::vector<bool> Flags(64);
RACE(vectorOfBool, "'Flags'") {
  inOrder([] { Flags[3] = true; },  // races
          [] { Flags[4] = true; }); // races
}

RACE(stringAssigned, "'Text'") {
  inOrder([] { Text = "abacaba"; },  // races
          [] { use(Text.size()); }); // races
}
RACE(stringCompared, "'Text'") {
  inOrder([] { Text = "world"; },        // races
          [] { use(Text == "hello"); }); // races
}
RACE(stringAppended, "'Text'") {
  inOrder([] { Text += "!"; },               // races
          [] { use((Text + "?").size()); }); // races
}
RACE(characterOfString, "'Text'") {
  inOrder([] { Text[1] = 'a'; },        // races
          [] { use(Text.find('l')); }); // races
}

RACE(V8_mapInsertFind, "'Map'") {
  inOrder([] { Map[1] = 1; },         // races
          [] { use(Map.count(1)); }); // races
}
RACE(mapInsertSize, "'Map'") {
  inOrder([] { Map[1] = 1; },       // races
          [] { use(Map.size()); }); // races
}
RACE(V8_mapInsertRange, "'Map'") {
  Map = {{1, 1}, {2, 2}};
  inOrder([] { Map[0] = 1; },                     // races
          [] { use(Map.begin() == Map.end()); }); // races
}
RACE(mapEraseErase, "'Map'") {
  Map = {{1, 1}, {2, 2}};
  inOrder([] { Map.erase(1); },  // races
          [] { Map.erase(2); }); // races
}
RACE(mapValue, "std::map") {
  Map = {{1, 1}};
  int &Value = Map[1];
  inOrder([&] { Value = 2; },      // races
          [] { use(Map.at(1)); }); // races
}
RACE(V8_hashInsertInsert, "'Hash'") {
  inOrder([] { Hash["a"] = 1; },  // races
          [] { Hash["b"] = 2; }); // races
}
RACE(hashInsertFind, "'Hash'") {
  inOrder([] { Hash["a"] = 1; },         // races
          [] { use(Hash.count("a")); }); // races
}
std::list<int> List;
RACE(list, "'List'") {
  inOrder([] { List.push_back(1); },  // races
          [] { List.push_back(2); }); // races
}
std::deque<int> Deque;
RACE(deque, "'Deque'") {
  inOrder([] { Deque.push_back(1); },  // races
          [] { use(Deque.empty()); }); // races
}
std::priority_queue<int> Heap;
RACE(priorityQueue, "'Heap'") {
  inOrder([] { Heap.push(1); },  // races
          [] { Heap.push(2); }); // races
}

// The pointer, and the object that two pointers share.
RACE(sharedPointerItself, "'Ptr'") {
  inOrder([] { Ptr = std::make_shared<int>(2); }, // races
          [] { use(*Ptr); });                     // races
}
RACE(sharedPointerReset, "'Ptr'") {
  inOrder([] { auto Copy = Ptr; }, // races
          [] { Ptr.reset(); });    // races
}
RACE(sharedPointee, "std::shared_ptr") {
  inOrder([P = Ptr] { *P = 2; },   // races
          [P = Ptr] { use(*P); }); // races
}
std::unique_ptr<int> Owner = std::make_unique<int>(1);
RACE(uniquePointerMoved, "'Owner'", "USE AFTER FREE on std::unique_ptr") {
  inOrder([] { use(*Owner); }, // races
          [] {
            auto Mine = std::move(Owner); // races
          });                             // races
}
RACE(writeAndDelete, "USE AFTER FREE on a freed heap block") {
  int *Raw = new int(1);
  inOrder([=] { *Raw = 2; }, // races
          [=] {
            delete Raw; // races
          });
}
