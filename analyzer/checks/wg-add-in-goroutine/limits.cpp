// What the check does not see.
#include <go/go.h>

#include <functional>
#include <vector>

void work(int N);

// The callable goes through a container: which one runs is not known.
void throughContainer() {
  go::WaitGroup Group;
  std::vector<std::function<void()>> Jobs;
  Jobs.push_back([&] {
    Group.add(1); // missed: wg-add-in-goroutine
    work(1);
    Group.done();
  });
  Jobs.push_back([] { work(2); });
  for (auto &Job : Jobs)
    go::spawn(Job);
  Group.wait();
}

// A loop of adds before the spawn counts as enough, however often it runs.
void enoughForAllThatIsKnown(int N) {
  go::WaitGroup Group;
  for (int I = 0; I < N; ++I)
    Group.add(1);
  for (int I = 0; I < N; ++I)
    go::spawn([&] { Group.done(); });
  go::spawn([&] {
    Group.add(1); // missed: wg-add-in-goroutine
    work(2);
    Group.done();
  });
  Group.wait();
}
