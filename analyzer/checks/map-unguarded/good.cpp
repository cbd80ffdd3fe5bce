// Containers that several tasks use, each guarded or ordered in its own way.
#include <go/go.h>

#include <atomic>
#include <condition_variable>
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
#include <vector>

using Map = std::map<int, int>;

struct Pair {
  Map Data;
  std::mutex Lock;
  std::mutex Other;
};

// Runs the same task twice, side by side.
template <class F> void twice(F Task) {
  std::thread A(Task), B(Task);
  A.join();
  B.join();
}

void deferLock(Pair &P) {
  twice([&] {
    std::unique_lock<std::mutex> Guard(P.Lock, std::defer_lock);
    Guard.lock();
    P.Data[1]++;
  });
}

void adoptLock(Pair &P) {
  twice([&] {
    P.Lock.lock();
    std::lock_guard<std::mutex> Guard(P.Lock, std::adopt_lock);
    P.Data[1]++;
  });
}

void tryToLock(Pair &P) {
  twice([&] {
    std::unique_lock<std::mutex> Guard(P.Lock, std::try_to_lock);
    if (Guard.owns_lock())
      P.Data[1]++;
  });
  twice([&] {
    std::unique_lock<std::mutex> Guard(P.Lock, std::try_to_lock);
    if (!Guard)
      return;
    P.Data[1]++;
  });
  twice([&] {
    if (P.Lock.try_lock()) {
      P.Data[1]++;
      P.Lock.unlock();
    }
  });
}

void earlyUnlock(Pair &P) {
  twice([&] {
    std::unique_lock<std::mutex> Guard(P.Lock);
    Map Copy = P.Data;
    P.Data.clear();
    Guard.unlock();
    Copy[1]++;
  });
}

void scopedLock(Pair &P) {
  twice([&] {
    std::scoped_lock Guard(P.Lock, P.Other);
    P.Data[1]++;
  });
}

void lockSeveral(Pair &P) {
  twice([&] {
    std::lock(P.Lock, P.Other);
    std::lock_guard<std::mutex> A(P.Lock, std::adopt_lock);
    std::lock_guard<std::mutex> B(P.Other, std::adopt_lock);
    P.Data[1]++;
  });
  twice([&] {
    std::unique_lock<std::mutex> A(P.Lock, std::defer_lock);
    std::unique_lock<std::mutex> B(P.Other, std::defer_lock);
    std::lock(A, B);
    P.Data[1]++;
  });
}

std::unique_lock<std::mutex> locked(Pair &P) {
  std::unique_lock<std::mutex> Guard(P.Lock);
  return Guard;
}

std::unique_lock<std::mutex> lockedAtOnce(Pair &P) {
  return std::unique_lock<std::mutex>(P.Lock);
}

void returnedGuard(Pair &P) {
  twice([&] {
    auto Guard = locked(P);
    P.Data[1]++;
  });
  twice([&] {
    auto Guard = lockedAtOnce(P);
    P.Data[1]++;
  });
}

void guardsInContainer(Pair &P) {
  twice([&] {
    std::vector<std::unique_lock<std::mutex>> Guards;
    Guards.emplace_back(P.Lock);
    P.Data[1]++;
  });
}

void recursiveMutex(Map &Data, std::recursive_mutex &Lock) {
  twice([&] {
    std::lock_guard<std::recursive_mutex> Outer(Lock);
    {
      std::lock_guard<std::recursive_mutex> Inner(Lock);
      Data[1]++;
    }
    Data[2]++;
  });
}

void sharedMutex(Map &Data, std::shared_mutex &Lock) {
  std::thread Reader([&] {
    std::shared_lock<std::shared_mutex> Guard(Lock);
    (void)Data.count(1);
  });
  twice([&] {
    std::unique_lock<std::shared_mutex> Guard(Lock);
    Data[1]++;
  });
  Reader.join();
}

void lockInLambda(Pair &P) {
  twice([&] {
    [&] {
      std::lock_guard<std::mutex> Guard(P.Lock);
      P.Data[1]++;
    }();
  });
}

void conditionVariable() {
  std::mutex Lock;
  std::condition_variable Ready;
  std::deque<int> Queue;
  Map Prepared;
  bool Done = false;
  std::thread Consumer([&] {
    std::unique_lock<std::mutex> Guard(Lock);
    Ready.wait(Guard, [&] { return Done || !Queue.empty(); });
    Queue.clear();
    Guard.unlock();
    Prepared[2] = 2; // handed over: the producer is through with it
  });
  Prepared[1] = 1;
  {
    std::lock_guard<std::mutex> Guard(Lock);
    Queue.push_back(1);
    Done = true;
  }
  Ready.notify_one();
  Consumer.join();
}

class Pool {
public:
  Pool() {
    for (int I = 0; I < 4; ++I)
      Workers.emplace_back([this] { run(); });
  }
  ~Pool() {
    {
      std::lock_guard<std::mutex> Guard(Lock);
      Stop = true;
    }
    Wake.notify_all();
    for (std::thread &T : Workers)
      T.join();
  }
  void submit(std::function<void()> Task) {
    {
      std::lock_guard<std::mutex> Guard(Lock);
      Tasks.push_back(std::move(Task));
    }
    Wake.notify_one();
  }

private:
  void run() {
    for (;;) {
      std::function<void()> Task;
      {
        std::unique_lock<std::mutex> Guard(Lock);
        Wake.wait(Guard, [this] { return Stop || !Tasks.empty(); });
        if (Tasks.empty())
          return;
        Task = std::move(Tasks.front());
        Tasks.pop_front();
      }
      Task();
    }
  }

  std::mutex Lock;
  std::condition_variable Wake;
  std::deque<std::function<void()>> Tasks;
  std::vector<std::thread> Workers;
  bool Stop = false;
};

void threadPool(Pair &P) {
  Pool Threads;
  for (int I = 0; I < 3; ++I)
    Threads.submit([&P] {
      std::lock_guard<std::mutex> Guard(P.Lock);
      P.Data[1]++;
    });
}

int futures() {
  std::vector<int> Left, Right;
  auto A = std::async(std::launch::async, [&] { Left.push_back(1); });
  auto B = std::async(std::launch::async, [&] { Right.push_back(1); });
  A.get();
  B.wait();
  Left.insert(Left.end(), Right.begin(), Right.end());
  return int(Left.size());
}

int promises() {
  std::promise<void> Filled;
  auto Wait = Filled.get_future();
  Map Data;
  std::thread Writer([&] {
    Data[1] = 1;
    Filled.set_value();
  });
  Wait.wait();
  int N = int(Data.size());
  Writer.join();
  return N;
}

#if __cplusplus >= 202002L
int jthread(Pair &P) {
  {
    std::jthread Worker([&](std::stop_token Stop) {
      while (!Stop.stop_requested())
        P.Data[1]++;
    });
    Worker.request_stop();
  }
  return P.Data[1];
}
#endif

const Map &table() {
  static const Map Table = [] {
    Map T;
    T[1] = 1;
    return T;
  }();
  return Table;
}

void staticInit() {
  twice([] { (void)table().count(1); });
}

void callOnce() {
  static std::once_flag Once;
  static Map Table;
  twice([] {
    std::call_once(Once, [] { Table[1] = 1; });
    (void)Table.count(1);
  });
}

void doubleChecked() {
  static std::atomic<bool> Made{false};
  static std::mutex Lock;
  static Map Table;
  twice([] {
    if (!Made.load(std::memory_order_acquire)) {
      std::lock_guard<std::mutex> Guard(Lock);
      if (!Made.load(std::memory_order_relaxed)) {
        Table[1] = 1;
        Made.store(true, std::memory_order_release);
      }
    }
    (void)Table.count(1);
  });
}

void startUp() {
  Map Config;
  Config[1] = 1;
  twice([&] { (void)Config.count(1); });
}

int afterJoin() {
  Map Data;
  std::thread Writer([&] { Data[1] = 1; });
  if (Writer.joinable())
    Writer.join();
  return Data[1];
}

struct Published {
  std::shared_ptr<const Map> Current = std::make_shared<const Map>();
  void update() {
    auto Copy = std::make_shared<Map>(*std::atomic_load(&Current));
    (*Copy)[1]++;
    std::atomic_store(&Current, std::shared_ptr<const Map>(Copy));
  }
  size_t size() const {
    auto Snapshot = std::atomic_load(&Current);
    return Snapshot->size();
  }
};

void readCopyUpdate(Published &P) {
  std::thread Writer([&] { P.update(); });
  (void)P.size();
  Writer.join();
}

std::vector<int> slots() {
  std::vector<std::vector<int>> Parts(4);
  std::vector<std::thread> Threads;
  for (size_t I = 0; I < Parts.size(); ++I)
    Threads.emplace_back([&, I] { Parts[I].push_back(int(I)); });
  for (std::thread &T : Threads)
    T.join();
  return Parts[0];
}

void moveOnly() {
  auto Data = std::make_unique<Map>();
  (*Data)[1] = 1;
  std::thread Owner([Data = std::move(Data)] { (*Data)[2] = 2; });
  Owner.join();
}

void movedIn() {
  Map Data;
  Data[1] = 1;
  go::spawn([Data = std::move(Data)]() mutable { Data[2] = 2; });
}

int groupByPointer() {
  Map Data;
  std::mutex Lock;
  auto Group = std::make_shared<go::WaitGroup>();
  for (int I = 0; I < 3; ++I) {
    Group->add(1);
    go::spawn([&, Group] {
      {
        std::lock_guard<std::mutex> Guard(Lock);
        Data[1]++;
      }
      Group->done();
    });
  }
  Group->wait();
  return Data[1];
}

int deferredDone() {
  Map Data;
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    go::Defer Done([&] { Group.done(); });
    Data[1] = 1;
  });
  Group.wait();
  return Data[1];
}

int outerCoversInner() {
  Map Data;
  go::Mutex Lock;
  go::WaitGroup Group;
  Group.go([&] {
    Group.go([&] {
      std::lock_guard<go::Mutex> Guard(Lock);
      Data[1]++;
    });
    std::lock_guard<go::Mutex> Guard(Lock);
    Data[2]++;
  });
  Group.wait();
  return Data[1];
}

int doneChannel() {
  Map Data;
  auto Done = go::makeChan<int>();
  go::spawn([&, Done] {
    Data[1] = 1;
    Done.send(1);
  });
  Done.recv();
  return Data[1];
}

int closedBySomebodyElse() {
  Map Data;
  go::Mutex Lock;
  go::WaitGroup Group;
  auto Out = go::makeChan<int>();
  for (int I = 0; I < 3; ++I)
    Group.go([&, Out] {
      {
        std::lock_guard<go::Mutex> Guard(Lock);
        Data[1]++;
      }
      Out.send(1);
    });
  go::spawn([&Group, Out] {
    Group.wait();
    Out.close();
  });
  for (int V : Out)
    (void)V;
  return Data[1];
}

// One permit is as good as a lock.
int permit() {
  Map Data;
  auto Permit = go::makeChan<int>(1);
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I)
    Group.go([&, Permit] {
      Permit.send(1);
      Data[1]++;
      Permit.recv();
    });
  Group.wait();
  return Data[1];
}

// A copy is a task's own.
void copies() {
  Map Data;
  for (int I = 0; I < 3; ++I)
    go::spawn([Data]() mutable { Data[1]++; });
}

void perRound() {
  for (int I = 0; I < 3; ++I) {
    Map Data;
    std::thread Worker([&] { Data[1]++; });
    Worker.join();
  }
}

// A guard class of the program's own.
class Section {
public:
  explicit Section(std::mutex &Lock) : Lock(Lock) { Lock.lock(); }
  ~Section() { Lock.unlock(); }

private:
  std::mutex &Lock;
};

void ownGuard(Pair &P) {
  twice([&] {
    Section Inside(P.Lock);
    P.Data[1]++;
  });
}

// Workers wait for tasks, and there are none before the pool is made.
class Executor {
public:
  explicit Executor(int Workers) {
    for (int I = 0; I < Workers; ++I)
      Threads.emplace_back([this] {
        bool HasTask = false;
        while (true) {
          if (HasTask)
            for (int Observer : Observers)
              Sum += Observer;
          if (Stop.load())
            break;
          HasTask = Tasks.load() > 0;
        }
      });
    Observers.push_back(1);
  }
  ~Executor() {
    Stop = true;
    for (std::thread &T : Threads)
      T.join();
  }

private:
  std::vector<int> Observers;
  std::vector<std::thread> Threads;
  std::atomic<bool> Stop{false};
  std::atomic<int> Tasks{0}, Sum{0};
};

void usePool() { Executor Pool(4); }

// Joined through a pointer that the starter hands out.
template <class Start> void startAndJoin(Start Begin) {
  auto *Worker = Begin();
  Worker->join();
}

std::string throughPointer() {
  std::unique_ptr<std::thread> Owner;
  std::string Text;
  startAndJoin([&Owner, &Text] {
    Owner = std::make_unique<std::thread>([&Text] { Text = "done"; });
    return Owner.get();
  });
  return Text + "!";
}

// Whichever case the select takes, the worker has ended, and it ends after the
// copier, which it waits for in a method of its own.
struct Process {
  go::Chan<int> Kill{0};
  go::Chan<int> Copied{0};

  void start(const std::shared_ptr<std::string> &To) {
    go::spawn([To, Kill = Kill, Copied = Copied] {
      Kill.recv();
      *To += "killed";
      Copied.close();
    });
  }
  void wait() {
    Kill.recv();
    Copied.recv();
  }
};

std::string output(const std::shared_ptr<Process> &P, go::Duration Limit) {
  auto Text = std::make_shared<std::string>();
  auto Done = go::makeChan<int>(1);
  P->start(Text);
  go::spawn([=] {
    P->wait();
    Done.send(1);
  });
  int Code = 0;
  if (go::select(go::after(Limit), go::recv(Done, Code)) == 0) {
    P->Kill.close();
    Code = Done.recv();
  }
  return *Text + std::to_string(Code);
}
