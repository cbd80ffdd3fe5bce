// Elements of trees and lists stay the program's own while others are inserted
// and removed beside them under a lock.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 0 %t | count 0
// RUN: %heddle-cxx -std=c++20 -O0 -g %s -o %t0
// RUN: %exits 0 %t0 | count 0
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

static std::map<int, std::string> Map;
static std::list<int> List;
static std::set<std::string> Set;
static std::mutex Lock;

static void work(std::string *Mine, int *MyNumber, int Base) {
  for (int I = 0; I < 200; ++I) {
    *Mine += 'x';
    *MyNumber += I;
    std::lock_guard<std::mutex> Guard(Lock);
    Map[Base + I] = "new";
    List.push_front(I);
    Set.insert(std::to_string(Base + I));
    if (I % 3 == 0) {
      Map.erase(Base + I / 2);
      List.pop_front();
    }
    for (auto &Each : Set)
      *MyNumber += int(Each.size());
    List.splice(List.end(), List, List.begin());
  }
}

int main() {
  Map[-1] = "a";
  Map[-2] = "b";
  List = {1, 2};
  int *Front = &List.front(), *Back = &List.back();
  std::string *One = &Map[-1], *Two = &Map[-2];
  std::thread A(work, One, Front, 1000), B(work, Two, Back, 2000);
  A.join();
  B.join();
  for (auto It = Map.end(); It != Map.begin();)
    --It;
}
