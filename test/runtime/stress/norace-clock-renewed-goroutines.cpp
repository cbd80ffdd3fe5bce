// Goroutines pass a token round while their clocks run out every 500 epochs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=first-clock=1073741322 %t %scale
#include "Scale.h"

#include "go/go.h"

#include <vector>

static long Steps;

int main(int, char **Arguments) {
  constexpr int kRing = 50;
  int Rounds = scaled(Arguments, 10000);
  std::vector<go::Chan<int>> Links;
  for (int I = 0; I <= kRing; ++I)
    Links.push_back(go::makeChan<int>());
  for (int I = 0; I < kRing; ++I)
    go::spawn([From = Links[I], To = Links[I + 1]] {
      for (int Token : From) {
        ++Steps;
        To.send(Token);
      }
      To.close();
    });
  for (int I = 0; I < Rounds; ++I) {
    Links[0].send(I);
    if (Links[kRing].recv() != I)
      return 3;
  }
  Links[0].close();
  return Steps == long(Rounds) * kRing ? 0 : 3;
}
