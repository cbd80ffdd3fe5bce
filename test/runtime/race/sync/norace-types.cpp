// What groups, semaphores, flights, pools, maps and causes order: no case may
// be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <memory>
#include <string>

int Shared;

NORACE(E6_H19_group) {
  go::Group G;
  G.go([] {
    Shared = 1;
    return go::Error("e");
  });
  use(bool(G.wait()));
  Shared = 2;
}

NORACE(E3_groupOfOne) {
  go::Group G;
  G.setLimit(1);
  for (int I = 0; I < 4; ++I)
    G.go([] { ++Shared; });
  G.wait();
}

NORACE(E7_H20_semaphore) {
  go::Semaphore Sem(2);
  Sem.acquire(2);
  go::spawn([&] {
    Shared = 1;
    Sem.release(2);
  });
  if (!Sem.acquire(go::withCancel(go::background()), 2))
    Shared = 2;
}

NORACE(E8_H21_singleFlight) {
  go::SingleFlight<int, int *> F;
  int Runs[4] = {};
  go::WaitGroup Wg;
  for (int &Own : Runs)
    Wg.go([&] {
      int *Answer = F.call(0, [&] {
                       Own = 1;
                       go::yield();
                       return &Own;
                     }).Value;
      use(*Answer);
    });
  Wg.wait();
}

NORACE(O5_H11_onceValue) {
  auto V = go::onceValue([] {
    Shared = 1;
    return std::string("value");
  });
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([=] {
      use((long long)V().size());
      use(Shared);
    });
  Wg.wait();
}

NORACE(P2_H16_pool) {
  go::Pool<int> P([] { return std::make_unique<int>(0); });
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&] {
      for (int J = 0; J < 50; ++J) {
        auto Object = P.get();
        ++*Object;
        P.put(std::move(Object));
      }
    });
  Wg.wait();
}

// One put in four is dropped: of 400 not all come back.
NORACE(P3_U8_poolDrops) {
  int Lost = 0;
  go::Pool<int> P;
  for (int I = 0; I < 400; ++I) {
    P.put(std::make_unique<int>(I));
    Lost += !P.get();
  }
  if (Lost < 40 || Lost > 200)
    std::abort();
}

NORACE(M2_H15_map) {
  go::Map<std::string, int *> M;
  go::WaitGroup Wg;
  int Own[4];
  for (int I = 0; I < 4; ++I)
    Wg.go([&, I] {
      Own[I] = I;
      M.store("k" + std::to_string(I), &Own[I]);
      M.range([](const std::string &K, int *V) { use(*V + (int)K.size()); });
      if (auto V = M.load("k0"))
        use(**V);
    });
  Wg.wait();
}

NORACE(K11_H18_cause) {
  auto Ctx = go::withCancelCause(go::background());
  go::spawn([&] {
    Shared = 1;
    Ctx.cancel(go::Error("why"));
  });
  while (!go::cause(Ctx))
    go::yield();
  Shared = 2;
}

NORACE(K12_H18_afterFunc) {
  auto Ctx = go::withCancel(go::background());
  auto Done = go::makeChan<int>();
  auto F = go::afterFunc(Ctx, [=] {
    Shared = 2;
    Done.send(1);
  });
  Shared = 1;
  Ctx.cancel();
  Done.recv();
}

NORACE(G4_H1_beforeMain) {
  use(Shared); // main ran before this, and its globals were made before
}
