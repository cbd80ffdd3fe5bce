// Two tasks, two locks, two orders.
#include <go/go.h>

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

struct Accounts {
  std::mutex Saving, Giro;
  int A = 0, B = 0;
  void deposit(int N) {
    std::lock_guard First(Saving);
    std::lock_guard Second(Giro);
    A += N;
    B -= N;
  }
  void withdraw(int N) {
    std::lock_guard First(Giro);
    std::lock_guard Second(Saving); // bug: lock-order
    A -= N;
    B += N;
  }
};

void threads() {
  Accounts Mine;
  std::thread Worker([&] { Mine.deposit(1); });
  Mine.withdraw(1);
  Worker.join();
}

// Through a callable that a member holds.
struct Cache {
  std::mutex M;
  std::function<void()> OnEvict;
  void evict() {
    std::lock_guard Guard(M);
    OnEvict();
  }
  int size() {
    std::lock_guard Guard(M); // bug: lock-order
    return 1;
  }
};

void callback() {
  std::mutex Stats;
  int Evicted = 0;
  Cache C;
  C.OnEvict = [&] {
    std::lock_guard Guard(Stats);
    ++Evicted;
  };
  std::thread Worker([&] { C.evict(); });
  {
    std::lock_guard Guard(Stats);
    Evicted += C.size();
  }
  Worker.join();
}

// Elements of a container, and who owns them.
struct Shop;
struct Shelf {
  go::Mutex M;
  Shop *Owner = nullptr;
  int Items = 0;
  void count();
};
struct Shop {
  go::Mutex M;
  std::vector<Shelf> Shelves;
  int Total = 0;
  void clear() {
    std::lock_guard Guard(M);
    for (Shelf &S : Shelves) {
      std::lock_guard Inner(S.M); // bug: lock-order
      S.Items = 0;
    }
  }
};
void Shelf::count() {
  std::lock_guard Guard(M);
  std::lock_guard Outer(Owner->M);
  Owner->Total += Items;
}

void elements() {
  Shop S;
  for (int I = 0; I < 3; ++I)
    S.Shelves[I].Owner = &S;
  go::WaitGroup Wg;
  Wg.go([&] { S.clear(); });
  Wg.go([&] { S.Shelves[0].count(); });
  Wg.wait();
}
