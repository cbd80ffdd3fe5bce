// Libraries whose packages Debian does not have, by declarations of their own
// shape: one bug each that their models let the checks see, and its mended twin.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <map>
#include <mutex>
#include <vector>

namespace marl {
template <class F, class... Args> void schedule(F &&, Args &&...) {}
class WaitGroup {
public:
  WaitGroup(unsigned Initial = 0);
  void add(unsigned N = 1) const;
  bool done() const;
  void wait() const;
};
struct mutex {
  void lock() { Inner.lock(); }
  void unlock() { Inner.unlock(); }
  std::mutex Inner;
};
struct lock {
  lock(mutex &M) : Inner(M.Inner) {}
  std::unique_lock<std::mutex> Inner;
};
} // namespace marl

void marlLate() {
  marl::WaitGroup Done;
  marl::schedule([=] {
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[wg-add-in-goroutine]
    Done.add(1);
    Done.done();
  });
  Done.wait();
}

void marlMap() {
  std::map<int, int> Hits;
  marl::WaitGroup Done(1);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[map-unguarded]
  marl::schedule([&Hits, Done] { Hits[1] = 2, Done.done(); });
  Hits[2] = 3;
  Done.wait();
}

void marlGuarded() {
  std::map<int, int> Hits;
  marl::mutex Mu;
  marl::WaitGroup Done(1);
  marl::schedule([&Hits, &Mu, Done] {
    {
      marl::lock Lock(Mu);
      Hits[1] = 2;
    }
    Done.done();
  });
  {
    marl::lock Lock(Mu);
    Hits[2] = 3;
  }
  Done.wait();
}

namespace libgo {
template <class T> class Channel {
public:
  explicit Channel(unsigned long Capacity = 0);
  Channel(const Channel &);
  const Channel &operator<<(T Value) const;
  const Channel &operator>>(T &Value) const;
  void close() const;
};
} // namespace libgo
namespace co {
struct __go {
  __go(const char *, int);
  template <class F> void operator-(F const &) {}
};
} // namespace co
#define libgo_go ::co::__go(__FILE__, __LINE__) -

int libgoLeaves(bool Early) {
  libgo::Channel<int> Results(0);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[chan-leak-on-return]
  libgo_go [=] { Results << 1; };
  if (Early)
    return 0;
  int Value = 0;
  Results >> Value;
  return Value;
}

int libgoRoom(bool Early) {
  libgo::Channel<int> Results(1);
  libgo_go [=] { Results << 1; };
  if (Early)
    return 0;
  int Value = 0;
  Results >> Value;
  return Value;
}

namespace photon {
template <class F> void *go(F &&) { return nullptr; }
struct mutex {
  int lock(unsigned long Timeout = -1);
  void unlock();
};
template <class M> struct locker {
  explicit locker(M &Mu);
  ~locker();
};
} // namespace photon

void photonTwice(photon::mutex &Mu) {
  photon::locker<photon::mutex> Outer(Mu);
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[lock-double]
  photon::locker<photon::mutex> Inner(Mu);
}

void photonTurns() {
  static std::map<int, int> Hits;
  photon::go([] { Hits[1] = 2; });
  Hits[2] = 3;
}

namespace folly {
class Baton {
public:
  void post();
  void wait();
};
namespace fibers {
class FiberManager {
public:
  template <class F> void addTask(F &&) {}
  template <class F> void addTaskRemote(F &&) {}
};
} // namespace fibers
} // namespace folly

void follyRemote(folly::fibers::FiberManager &Manager) {
  std::vector<int> Seen;
  folly::Baton Done;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[map-unguarded]
  Manager.addTaskRemote([&] { Seen.push_back(1), Done.post(); });
  Seen.push_back(2);
  Done.wait();
}

void follyWaits(folly::fibers::FiberManager &Manager) {
  std::vector<int> Seen;
  folly::Baton Done;
  Manager.addTaskRemote([&] { Seen.push_back(1), Done.post(); });
  Done.wait();
  Seen.push_back(2);
}

extern "C" {
typedef unsigned long bthread_t;
typedef struct {
  int State;
} bthread_mutex_t;
int bthread_start_background(bthread_t *, const void *, void *(*)(void *),
                             void *);
int bthread_join(bthread_t, void **);
int bthread_mutex_lock(bthread_mutex_t *);
int bthread_mutex_unlock(bthread_mutex_t *);
}

static std::map<int, int> Table;
static bthread_mutex_t TableMu;
static void *fill(void *) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[map-unguarded]
  Table[1] = 2;
  return nullptr;
}

void brpcRaces() {
  bthread_t Task;
  bthread_start_background(&Task, nullptr, fill, nullptr);
  bthread_mutex_lock(&TableMu);
  Table[2] = 3;
  bthread_mutex_unlock(&TableMu);
  bthread_join(Task, nullptr);
}

namespace userver {
namespace engine {
class Mutex {
public:
  void lock();
  void unlock();
};
template <class T> class TaskWithResult {
public:
  ~TaskWithResult();
  T Get();
};
template <class F> TaskWithResult<int> AsyncNoSpan(F &&) { return {}; }
} // namespace engine
} // namespace userver

int userverRaces() {
  std::map<int, int> Hits;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[map-unguarded]
  auto Task = userver::engine::AsyncNoSpan([&] { return Hits[1] = 2; });
  Hits[2] = 3;
  return Task.Get();
}

int userverWaits() {
  std::map<int, int> Hits;
  auto Task = userver::engine::AsyncNoSpan([&] { return Hits[1] = 2; });
  Task.Get();
  return Hits[2] = 3;
}

class QMutex {
public:
  QMutex();
  void lock();
  void unlock();
};
class QMutexLocker {
public:
  explicit QMutexLocker(QMutex *M);
  ~QMutexLocker();
  void unlock();
};
template <class K, class V> class QHash {
public:
  V &operator[](const K &Key);
  V value(const K &Key) const;
};
template <class T> class QFuture {
public:
  void waitForFinished();
  T result() const;
};
namespace QtConcurrent {
template <class F> QFuture<int> run(F &&) { return {}; }
}

int qtRaces() {
  QHash<int, int> Hits;
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}[map-unguarded]
  auto Task = QtConcurrent::run([&] { return Hits[1] = 2; });
  int Value = Hits.value(1);
  Task.waitForFinished();
  return Value;
}

int qtGuarded() {
  QHash<int, int> Hits;
  QMutex Mu;
  auto Task = QtConcurrent::run([&] {
    QMutexLocker Lock(&Mu);
    return Hits[1] = 2;
  });
  QMutexLocker Lock(&Mu);
  int Value = Hits.value(1);
  Lock.unlock();
  Task.waitForFinished();
  return Value;
}
