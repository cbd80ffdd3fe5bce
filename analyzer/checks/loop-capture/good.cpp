// Tasks that have their own copy, or end within their round.
#include <go/go.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

void work(int);
void work(const std::string &);

void byValue(int N) {
  go::WaitGroup Group;
  for (int I = 0; I < N; ++I)
    Group.go([I] { work(I); });
  Group.wait();
}

void mixed(int N) {
  go::WaitGroup Group;
  for (int I = 0; I < N; ++I)
    Group.go([&, I] { work(I); });
  Group.wait();
}

void initCapture(int N) {
  go::WaitGroup Group;
  for (int I = 0; I < N; ++I)
    Group.go([&, J = I] { work(J); });
  Group.wait();
}

void argument(int N) {
  std::vector<std::thread> Threads;
  for (int I = 0; I < N; ++I)
    Threads.emplace_back([](int J) { work(J); }, I);
  for (std::thread &T : Threads)
    T.join();
}

void joinedInRound(int N) {
  for (int I = 0; I < N; ++I) {
    std::thread T([&] { work(I); });
    T.join();
  }
}

// The elements live on.
void elements(std::vector<std::string> &Names) {
  go::WaitGroup Group;
  for (std::string &Name : Names)
    Group.go([&Name] { work(Name); });
  Group.wait();
}

// Runs at once.
void atOnce(std::vector<int> &Numbers) {
  for (int I = 0; I < 3; ++I)
    std::for_each(Numbers.begin(), Numbers.end(), [&](int N) { work(N + I); });
}

void inner() {
  go::WaitGroup Group;
  Group.go([] {
    for (int I = 0; I < 3; ++I)
      work(I);
  });
  Group.wait();
}
