// What the locks of std order: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../ThreadCase.h"
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

using namespace std::chrono_literals;
int Shared;
std::mutex A, B;
std::shared_mutex R;

// Runs Fn on four threads.
template <class F> static void four(F Fn) {
  std::vector<std::jthread> Ts;
  for (int I = 0; I < 4; ++I)
    Ts.emplace_back(Fn);
}

NORACE(mutex) {
  four([] {
    for (int I = 0; I < 100; ++I) {
      std::lock_guard L(A);
      ++Shared;
    }
  });
}
NORACE(recursiveMutex) {
  static std::recursive_mutex M;
  four([] {
    std::scoped_lock L(M);
    std::scoped_lock Again(M);
    ++Shared;
  });
}
NORACE(timedMutex) {
  static std::timed_mutex M;
  static std::recursive_timed_mutex N;
  four([] {
    std::unique_lock L(M, 1h);
    std::unique_lock K(N, std::chrono::steady_clock::now() + 1h);
    ++Shared;
  });
}
NORACE(severalLocks) {
  std::thread T([] {
    for (int I = 0; I < 50; ++I) {
      std::scoped_lock L(A, B);
      ++Shared;
    }
  });
  for (int I = 0; I < 50; ++I) {
    std::scoped_lock L(B, A);
    ++Shared;
  }
  T.join();
}
NORACE(tryThatSucceeds) {
  four([] {
    std::unique_lock L(A, std::try_to_lock);
    while (!L.owns_lock() && !L.try_lock())
      sched_yield();
    ++Shared;
  });
}

// A lock that is moved to another owner stays one.
NORACE(movedLock) {
  four([] {
    std::unique_lock L(A);
    auto M = std::move(L);
    ++Shared;
  });
}

NORACE(readersAndWriters) {
  four([] {
    for (int I = 0; I < 30; ++I) {
      {
        std::shared_lock L(R);
        use(Shared);
      }
      std::unique_lock L(R);
      ++Shared;
    }
  });
}
NORACE(sharedTimedMutex) {
  static std::shared_timed_mutex M;
  four([] {
    {
      std::shared_lock L(M, 1h);
      use(Shared);
    }
    std::unique_lock L(M, 1h);
    ++Shared;
  });
}

NORACE(conditionVariable) {
  std::condition_variable NotEmpty;
  std::deque<std::string> Queue;
  std::thread T([&] {
    for (int I = 0; I < 50; ++I) {
      std::unique_lock L(A);
      NotEmpty.wait(L, [&] { return !Queue.empty(); });
      Queue.pop_front();
    }
  });
  for (int I = 0; I < 50; ++I) {
    {
      std::lock_guard L(A);
      Queue.push_back(std::string(30, 'q'));
    }
    NotEmpty.notify_one();
  }
  T.join();
}
NORACE(conditionVariableAny) {
  std::condition_variable_any Changed;
  std::jthread T([&](std::stop_token Stop) {
    std::shared_lock L(R);
    Changed.wait(L, Stop, [] { return Shared == 1; });
    use(Shared);
  });
  std::unique_lock L(R);
  Shared = 1;
  Changed.notify_all();
}
NORACE(timedWait) {
  std::condition_variable Changed;
  std::thread T([&] {
    std::lock_guard L(A);
    Shared = 1;
    Changed.notify_one();
  });
  std::unique_lock L(A);
  while (!Changed.wait_for(L, 1ms, [] { return Shared == 1; }))
    ;
  Shared = 2;
  L.unlock();
  T.join();
}
NORACE(notifyAtThreadExit) {
  std::condition_variable Done;
  static thread_local std::string Last;
  bool Ended = false;
  std::thread T([&] {
    std::unique_lock L(A);
    Last = "done";
    Ended = true;
    std::notify_all_at_thread_exit(Done, std::move(L));
  });
  std::unique_lock L(A);
  Done.wait(L, [&] { return Ended; });
  L.unlock();
  T.join();
}

NORACE(callOnce) {
  static std::once_flag Once;
  static std::map<int, int> Table;
  four([] {
    std::call_once(Once, [] { Table[1] = 2; });
    use(Table.at(1));
  });
}

// The first one fails, the next one does it.
NORACE(callOnceThatThrows) {
  static std::once_flag Once;
  static int Tries;
  four([] {
    try {
      std::call_once(Once, [] {
        if (++Tries == 1)
          throw 1;
        Shared = 2;
      });
    } catch (int) {
    }
  });
  use(Shared);
}
NORACE(localStaticThatThrows) {
  static int Tries;
  four([] {
    try {
      static const int Made = [] {
        if (++Tries == 1)
          throw 1;
        return Shared = 2;
      }();
      use(Made);
    } catch (int) {
    }
  });
}
NORACE(localStatic) {
  four([] {
    static const std::vector<std::string> Names(20, "name");
    use(Names[3].size());
  });
}

// The lock dies with its object, after the last unlock.
NORACE(lockInObject) {
  struct Account {
    std::mutex Mu;
    int Balance = 0;
  };
  for (int I = 0; I < 10; ++I) {
    auto Acc = std::make_unique<Account>();
    four([&] {
      std::lock_guard L(Acc->Mu);
      ++Acc->Balance;
    });
  }
}
