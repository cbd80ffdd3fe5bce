// Counts that do not come out even and are not found.
#include <go/go.h>

#include <functional>
#include <map>
#include <vector>

bool work();

// The group belongs to an object whose maker is not seen.
class Server {
public:
  void serve() {
    Running.add(1);
    go::spawn([this] {
      if (work())
        Running.done(); // missed: wg-unbalanced
    });
  }
  void stop() { Running.wait(); }

private:
  go::WaitGroup Running;
};

// What a function throws is not followed into its caller.
void mayThrow();
void thrownBelow() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    try {
      mayThrow();
      Group.done(); // missed: wg-unbalanced
    } catch (...) {
    }
  });
  Group.wait();
}

// Two lengths.
void lengths(const std::vector<int> &Ids, const std::map<int, int> &Of) {
  go::WaitGroup Group;
  Group.add(int(Ids.size())); // missed: wg-unbalanced
  for (auto &Each : Of)
    go::spawn([&] { Group.done(); });
  Group.wait();
}

// What the task is given decides, through a container of callables.
void stored() {
  go::WaitGroup Group;
  std::vector<std::function<void()>> Tasks;
  Group.add(2); // missed: wg-unbalanced
  Tasks.push_back([&] { Group.done(); });
  for (auto &Task : Tasks)
    go::spawn(Task);
  Group.wait();
}
