// select while it is parked: locks, queues and who wakes it.
#include "World.h"

#include <atomic>

using namespace std::chrono_literals;

namespace {

GO_SUITE(SelectPark);

TEST_P(SelectPark, L15_CloseWakesWithOkFalse) {
  run([] {
    auto A = go::makeChan<int>(), B = go::makeChan<int>();
    go::spawn([=] {
      go::sleep(1ms);
      B.close();
    });
    int V = 1;
    bool Ok = true;
    EXPECT_EQ(go::select(go::recv(A, V, Ok), go::recv(B, V, Ok)), 1);
    EXPECT_FALSE(Ok);
    EXPECT_EQ(V, 0);
  });
}

// TestSelectStress: 4 channels, senders and receivers both plain and in
// selects.
TEST_P(SelectPark, L16_Stress) {
  run([] {
    constexpr int kEach = 300;
    std::array<go::Chan<int>, 4> C{go::makeChan<int>(), go::makeChan<int>(2),
                                   go::makeChan<int>(3), go::makeChan<int>()};
    go::WaitGroup Wg;
    std::array<std::atomic<int>, 4> Got{};
    for (size_t K = 0; K < 4; ++K) {
      Wg.go([&, K] {
        for (int I = 0; I < kEach; ++I)
          C[K].send(0);
      });
      Wg.go([&, K] {
        for (int I = 0; I < kEach; ++I) {
          C[K].recv();
          ++Got[K];
        }
      });
    }
    Wg.go([&] {
      std::array<int, 4> N{};
      std::array<go::Chan<int>, 4> Left = C;
      for (int I = 0; I < 4 * kEach; ++I) {
        auto K = size_t(go::select(go::send(Left[0], 0), go::send(Left[1], 0),
                                   go::send(Left[2], 0), go::send(Left[3], 0)));
        if (++N[K] == kEach)
          Left[K] = nullptr;
      }
    });
    Wg.go([&] {
      std::array<int, 4> N{};
      std::array<go::Chan<int>, 4> Left = C;
      for (int I = 0; I < 4 * kEach; ++I) {
        auto K = size_t(go::select(go::recv(Left[0]), go::recv(Left[1]),
                                   go::recv(Left[2]), go::recv(Left[3])));
        ++Got[K];
        if (++N[K] == kEach)
          Left[K] = nullptr;
      }
    });
    Wg.wait();
    for (auto &N : Got)
      EXPECT_EQ(N, 2 * kEach);
  });
}

// Many lock the same channels in different orders: with locks in the order of
// the cases this would not end.
TEST_P(SelectPark, L12_OppositeOrdersDoNotDeadlock) {
  run([] {
    auto A = go::makeChan<int>(1), B = go::makeChan<int>(1),
         C = go::makeChan<int>(1);
    A.send(0);
    go::WaitGroup Wg;
    for (int G = 0; G < 6; ++G)
      Wg.go([=] {
        for (int I = 0; I < 100; ++I) {
          int V = 0;
          if (G % 2)
            go::select(go::recv(A, V), go::recv(B, V), go::recv(C, V));
          else
            go::select(go::recv(C, V), go::recv(B, V), go::recv(A, V));
          if (G % 3)
            go::select(go::send(C, V), go::send(A, V), go::send(B, V));
          else
            go::select(go::send(B, V), go::send(C, V), go::send(A, V));
        }
      });
    Wg.wait();
    EXPECT_EQ(A.len() + B.len() + C.len(), 1);
  });
}

// Parked selects hold no lock: others use the channels meanwhile.
TEST_P(SelectPark, L12_NothingIsHeldWhileParked) {
  run([] {
    auto A = go::makeChan<int>(), B = go::makeChan<int>(1),
         Stop = go::makeChan<int>();
    go::WaitGroup Wg;
    Wg.go([=] { go::select(go::recv(A), go::recv(Stop)); });
    letOthersRun();
    EXPECT_EQ(A.len(), 0);
    EXPECT_TRUE(B.trySend(1));
    Stop.close();
    Wg.wait();
  });
}

// test/chan/select2.go: a select that loses often keeps nothing.
TEST_P(SelectPark, L7_LosersAreTakenOffTheirQueues) {
  run([] {
    auto Used = go::makeChan<int>(), Unused = go::makeChan<int>();
    go::WaitGroup Wg;
    Wg.go([=] {
      for (int I = 0; I < 1000; ++I)
        go::select(go::send(Used, I), go::recv(Unused), go::send(Unused, 1));
    });
    for (int I = 0; I < 1000; ++I)
      EXPECT_EQ(Used.recv(), I);
    Wg.wait();
    EXPECT_FALSE(Unused.tryRecv());
    EXPECT_FALSE(Unused.trySend(1));
  });
}

// test/chan/select3.go: what blocks and what does not.
TEST_P(SelectPark, L4_WhatBlocks) {
  auto Blocks = [](auto Fn) {
    auto Done = go::makeChan<int>(1);
    go::spawn([=] {
      Fn();
      Done.send(1);
    });
    letOthersRun(300);
    return Done.len() == 0;
  };
  run([&] {
    go::Chan<int> Nil;
    EXPECT_TRUE(Blocks([=] { go::select(go::recv(Nil)); }));
    EXPECT_TRUE(Blocks([=] { go::select(go::send(Nil, 7)); }));
    EXPECT_TRUE(Blocks([] { go::select(); }));
    EXPECT_FALSE(Blocks([=] { go::select(go::recv(Nil), go::otherwise); }));
    auto Empty = go::makeChan<int>(), Room = go::makeChan<int>(1),
         Full = go::makeChan<int>(1);
    Full.send(0);
    EXPECT_TRUE(Blocks([=] { go::select(go::recv(Empty)); }));
    EXPECT_TRUE(Blocks([=] { go::select(go::send(Full, 1)); }));
    EXPECT_FALSE(Blocks([=] { go::select(go::send(Room, 1), go::recv(Nil)); }));
    EXPECT_FALSE(Blocks([=] { go::select(go::recv(Full), go::send(Nil, 1)); }));
  });
}

// test/chan/select6.go: a receiver that a select left is not woken for another.
TEST_P(SelectPark, L7_WaiterOfALostCaseIsNotServed) {
  run([] {
    auto C1 = go::makeChan<bool>(), C2 = go::makeChan<bool>(),
         C3 = go::makeChan<bool>(), C4 = go::makeChan<bool>();
    go::spawn([=] { C1.recv(); });
    go::spawn([=] {
      go::select(go::recv(C1), go::recv(C2));
      C3.send(true);
    });
    go::spawn([=] { C2.send(true); });
    C3.recv();
    go::spawn([=] { go::select(go::recv(C1), go::recv(C4)); });
    letOthersRun();
    C1.send(true); // one of those that really wait takes it
  });
}

} // namespace
