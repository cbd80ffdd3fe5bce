// Containers that several tasks use at once, at least one of them to change it.
#include <go/go.h>

#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

// Five tasks of one loop; operator[] inserts.
void counters() {
  std::map<std::string, int> Counts;
  go::WaitGroup Group;
  for (int I = 0; I < 5; ++I)
    Group.go([&] {
      Counts["total"]++; // bug: map-unguarded
    });
  Group.wait();
}

// The spawner reads while its task writes.
size_t readWhileWritten() {
  std::unordered_map<int, int> Seen;
  std::thread Writer([&] {
    Seen.emplace(1, 2); // bug: map-unguarded
  });
  size_t N = Seen.size();
  Writer.join();
  return N;
}

// A lock in the task alone guards nothing.
void oneSided() {
  std::set<int> Ids;
  std::mutex Lock;
  std::thread Writer([&] {
    std::lock_guard<std::mutex> Guard(Lock);
    Ids.insert(1);
  });
  Ids.insert(2); // bug: map-unguarded
  Writer.join();
}

// Two locks guard no more than none.
void twoLocks() {
  std::vector<int> Items;
  std::mutex A, B;
  std::thread First([&] {
    std::lock_guard<std::mutex> Guard(A);
    Items.push_back(1); // bug: map-unguarded
  });
  std::thread Second([&] {
    std::lock_guard<std::mutex> Guard(B);
    Items.push_back(2);
  });
  First.join();
  Second.join();
}

// Given back too early.
void earlyUnlock() {
  std::deque<int> Queue;
  std::mutex Lock;
  std::vector<std::thread> Pool;
  for (int I = 0; I < 3; ++I)
    Pool.emplace_back([&] {
      std::unique_lock<std::mutex> Guard(Lock);
      bool Empty = Queue.empty();
      Guard.unlock();
      if (!Empty)
        Queue.pop_front(); // bug: map-unguarded
    });
  for (std::thread &T : Pool)
    T.join();
}

// A guard that was told not to lock.
void deferred() {
  std::string Text;
  std::mutex Lock;
  std::thread Writer([&] {
    std::unique_lock<std::mutex> Guard(Lock, std::defer_lock);
    Text += "a"; // bug: map-unguarded
  });
  {
    std::lock_guard<std::mutex> Guard(Lock);
    Text += "b";
  }
  Writer.join();
}

// Readers share the lock; a writer may not.
void writerAmongReaders() {
  std::map<int, int> Cache;
  std::shared_mutex Lock;
  auto Use = [&](int K) {
    std::shared_lock<std::shared_mutex> Guard(Lock);
    Cache[K] = K; // bug: map-unguarded
  };
  std::thread A([&] { Use(1); });
  std::thread B([&] { Use(2); });
  A.join();
  B.join();
}

// Through a helper that gets the container by reference.
void fill(std::vector<int> &Out, int V) {
  Out.push_back(V); // bug: map-unguarded
}

void throughHelper() {
  std::vector<int> Out;
  std::thread A(fill, std::ref(Out), 1);
  std::thread B(fill, std::ref(Out), 2);
  A.join();
  B.join();
}

// A member of an object that works in the background.
class Server {
public:
  void start() {
    Worker = std::thread([this] {
      Sessions[1] = "a"; // bug: map-unguarded
    });
    Sessions[2] = "b";
  }
  ~Server() { Worker.join(); }

private:
  std::map<int, std::string> Sessions;
  std::thread Worker;
};

// Futures run at once as well.
void futures() {
  std::vector<int> Out;
  auto A = std::async(std::launch::async, [&] {
    Out.push_back(1); // bug: map-unguarded
  });
  auto B = std::async(std::launch::async, [&] { Out.push_back(2); });
  A.get();
  B.get();
}

// A global.
std::map<std::string, int> Hits;

void hit(const std::string &Key) {
  Hits[Key]++; // bug: map-unguarded
}

void serve() {
  go::spawn([] { hit("a"); });
  Hits.clear();
}

// Joined too late.
int tooLate() {
  std::map<int, int> Results;
  std::thread Worker([&] {
    Results[0] = 1; // bug: map-unguarded
  });
  int Sum = 0;
  for (auto &[K, V] : Results)
    Sum += V;
  Worker.join();
  return Sum;
}

// Futures in a vector: a temporary that was moved there joins nothing.
std::vector<int> squares(int N) {
  std::vector<int> Out;
  std::vector<std::future<void>> Parts;
  for (int I = 0; I < N; ++I)
    Parts.push_back(std::async(std::launch::async, [&Out, I] {
      Out.push_back(I * I); // bug: map-unguarded
    }));
  for (auto &Part : Parts)
    Part.get();
  return Out;
}

// One of two cases of the select does not wait for the worker.
std::string outputOrTimeout(go::Duration Limit) {
  auto Text = std::make_shared<std::string>();
  auto Done = go::makeChan<int>(1);
  go::spawn([=] {
    *Text += "done"; // bug: map-unguarded
    Done.send(1);
  });
  int Code = 0;
  if (go::select(go::recv(Done, Code), go::after(Limit)) != 0)
    Code = 1;
  return *Text + std::to_string(Code);
}
