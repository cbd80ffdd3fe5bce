// Reuse that is not found.
#include <go/go.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

void work();

// The group is a member, and who waits is not seen.
class Server {
public:
  void round() {
    Group.wait();
    Group.add(1); // missed: wg-reuse
    go::spawn([this] { Group.done(); });
  }

private:
  go::WaitGroup Group;
};

// A condition variable orders what the exploration does not follow.
void between() {
  auto Group = std::make_shared<go::WaitGroup>();
  auto M = std::make_shared<std::mutex>();
  auto Changed = std::make_shared<std::condition_variable>();
  Group->add(1);
  go::spawn([=] { Group->done(); });
  go::spawn([=] { Group->wait(); });
  go::spawn([=] { Changed->notify_one(); });
  Group->wait();
  std::unique_lock Lock(*M);
  Changed->wait_for(Lock, std::chrono::seconds(1));
  Group->add(1); // missed: wg-reuse
  Group->done();
}
