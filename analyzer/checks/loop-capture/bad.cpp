// Tasks that refer to the variable of the loop.
#include <go/go.h>

#include <string>
#include <thread>
#include <vector>

void work(int);
void work(const std::string &);

void counter(int N) {
  go::WaitGroup Group;
  for (int I = 0; I < N; ++I)
    Group.go([&] {
      work(I); // bug: loop-capture
    });
  Group.wait();
}

void threads() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([&I] {
      work(I); // bug: loop-capture
    });
  for (std::thread &T : Threads)
    T.join();
}

void each(const std::vector<int> &Numbers) {
  go::WaitGroup Group;
  for (int N : Numbers) {
    Group.add(1);
    go::spawn([&] {
      work(N); // bug: loop-capture
      Group.done();
    });
  }
  Group.wait();
}

void strings(const std::vector<std::string> &Names) {
  go::WaitGroup Group;
  for (std::string Name : Names)
    Group.go([&Name] {
      work(Name); // bug: loop-capture
    });
  Group.wait();
}
