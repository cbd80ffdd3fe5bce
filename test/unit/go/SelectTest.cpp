// select: operands, choice, blocking, nil and closed channels.
#include "World.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Select);

TEST_P(Select, L1_OperandsAreEvaluatedOnceInOrder) {
  run([] {
    std::string Log;
    auto C = go::makeChan<int>(1), D = go::makeChan<int>();
    auto Note = [&](const char *Text, auto V) {
      Log += Text;
      return V;
    };
    int Got = 0;
    int I = go::select(go::recv(Note("a", D), Got),
                       go::send(Note("b", C), Note("c", 5)),
                       go::recv(Note("d", go::Chan<int>()), Got));
    EXPECT_EQ(I, 1);
    EXPECT_EQ(Log.size(), 4u);
    for (char Each : {'a', 'b', 'c', 'd'})
      EXPECT_NE(Log.find(Each), std::string::npos);
  });
}

TEST_P(Select, L2_UniformAmongReady) {
  run([] {
    constexpr int kCases = 4, kRounds = 4000;
    std::array<go::Chan<int>, kCases> C;
    for (auto &Each : C) {
      Each = go::makeChan<int>(1);
      Each.send(1);
    }
    std::array<int, kCases> Hits{};
    for (int I = 0; I < kRounds; ++I) {
      int Which = go::select(go::recv(C[0]), go::recv(C[1]), go::recv(C[2]),
                             go::recv(C[3]));
      ++Hits[size_t(Which)];
      C[size_t(Which)].send(1);
    }
    // Chi squared, 3 degrees of freedom: above 27.9 once in 250,000 runs.
    double Chi = 0, Expected = double(kRounds) / kCases;
    for (int H : Hits)
      Chi += (H - Expected) * (H - Expected) / Expected;
    EXPECT_LT(Chi, 27.9);
  });
}

TEST_P(Select, L3_OtherwiseNeverBlocks) {
  run([] {
    auto C = go::makeChan<int>();
    EXPECT_EQ(go::select(go::recv(C), go::send(C, 1), go::otherwise), 2);
    EXPECT_EQ(go::select(go::otherwise, go::recv(C)), 0);
    EXPECT_EQ(go::select(go::otherwise), 0);
  });
}

TEST_P(Select, L4_BlocksUntilOneIsReady) {
  run([] {
    auto A = go::makeChan<int>(), B = go::makeChan<int>();
    go::spawn([=] { B.send(9); });
    int V = 0;
    EXPECT_EQ(go::select(go::recv(A, V), go::recv(B, V)), 1);
    EXPECT_EQ(V, 9);
  });
}

TEST_P(Select, L5_NilCasesAreNeverReady) {
  run([] {
    go::Chan<int> Nil;
    auto C = go::makeChan<int>(1);
    for (int I = 0; I < 20; ++I)
      EXPECT_EQ(go::select(go::recv(Nil), go::send(Nil, 1), go::send(C, 1),
                           go::recv(C)) /
                    2,
                1);
  });
}

TEST_P(Select, L6_SelfSelectDoesNotMeetItself) {
  run([] {
    auto C = go::makeChan<int>();
    std::atomic<int> Sent{0}, Received{0};
    go::WaitGroup Wg;
    for (int G = 0; G < 2; ++G)
      Wg.go([&, G] {
        for (int I = 0; I < 200; ++I) {
          int V = 0;
          if (go::select(go::send(C, G), go::recv(C, V)) == 0) {
            ++Sent;
          } else {
            ++Received;
            EXPECT_NE(V, G);
          }
        }
        // The other may be left alone.
        go::select(go::send(C, G), go::recv(C), go::after(20ms));
      });
    Wg.wait();
    EXPECT_NEAR(Sent, Received, 2);
  });
}

TEST_P(Select, L6_DuplicateChannels) {
  run([] {
    auto C = go::makeChan<int>();
    go::spawn([=] { C.send(1); });
    int V = 0, W = 0;
    go::select(go::recv(C, V), go::recv(C, W), go::recv(C));
    EXPECT_LE(V + W, 1);
  });
}

TEST_P(Select, L7_ExactlyOneCaseAndNoResidue) {
  run([] {
    auto A = go::makeChan<int>(), B = go::makeChan<int>();
    std::atomic<int> Got{0};
    go::WaitGroup Wg;
    Wg.go([&] {
      for (int I = 0; I < 500; ++I) {
        go::select(go::recv(A), go::recv(B));
        ++Got;
      }
    });
    for (int I = 0; I < 500; ++I)
      (I % 3 ? A : B).send(I);
    Wg.wait();
    EXPECT_EQ(Got, 500);
    // Nobody is queued any more.
    EXPECT_FALSE(A.trySend(1));
    EXPECT_FALSE(B.trySend(1));
  });
}

TEST_P(Select, L8_ClosedIsAlwaysReady) {
  run([] {
    auto C = go::makeChan<int>();
    C.close();
    int V = 5;
    bool Ok = true;
    EXPECT_EQ(go::select(go::recv(C, V, Ok), go::otherwise), 0);
    EXPECT_EQ(V, 0);
    EXPECT_FALSE(Ok);
  });
}

TEST_P(Select, L10_OnlyTheChosenVariableIsWritten) {
  run([] {
    auto A = go::makeChan<int>(1), B = go::makeChan<int>(1);
    A.send(1);
    int V = 10, W = 20;
    EXPECT_EQ(go::select(go::recv(A, V), go::recv(B, W)), 0);
    EXPECT_EQ(V, 1);
    EXPECT_EQ(W, 20);
  });
}

TEST_P(Select, L11_BreakContinueAndReturnWork) {
  run([] {
    auto C = go::makeChan<int>(10);
    for (int I = 0; I < 10; ++I)
      C.send(I);
    auto Find = [&](int Wanted) {
      for (;;) {
        int V;
        switch (go::select(go::recv(C, V), go::otherwise)) {
        case 0:
          if (V != Wanted)
            continue;
          return V;
        default:
          return -1;
        }
      }
    };
    EXPECT_EQ(Find(6), 6);
    EXPECT_EQ(C.len(), 3);
  });
}

TEST_P(Select, L13_AfterLosesItsTimerWhenAnotherWins) {
  run([] {
    auto C = go::makeChan<int>(1);
    for (int I = 0; I < 100; ++I) {
      C.send(1);
      EXPECT_EQ(go::select(go::recv(C), go::after(1h)), 0);
    }
    // With a timer left, main's wait below would not count as asleep; with none
    // left it must end by the short one.
    EXPECT_EQ(go::select(go::recv(C), go::after(1ms)), 1);
  });
}

TEST_P(Select, L14_DynamicCases) {
  run([] {
    constexpr int kChannels = 40;
    std::vector<go::Chan<int>> C;
    for (int I = 0; I < kChannels; ++I)
      C.push_back(go::makeChan<int>());
    go::spawn([=] { C[31].send(7); });
    int V = 0;
    std::vector<go::Case> Cases;
    for (auto &Each : C)
      Cases.emplace_back(go::recv(Each, V));
    EXPECT_EQ(go::select(Cases), 31);
    EXPECT_EQ(V, 7);
    std::vector<go::Case> More;
    More.emplace_back(go::recv(C[0]));
    More.emplace_back(go::otherwise);
    EXPECT_EQ(go::select(More), 1);
  });
}

TEST_P(Select, L9_ClosedSendIsReadyAndPanics) {
  run([] {
    auto Closed = go::makeChan<int>(1), Open = go::makeChan<int>();
    Closed.close();
    EXPECT_EQ(panicOf([&] { go::select(go::send(Closed, 1), go::recv(Open)); }),
              "send on closed channel");
    EXPECT_EQ(panicOf([&] { go::select(go::send(Closed, 1), go::otherwise); }),
              "send on closed channel");
  });
}

TEST_P(Select, L2_EveryReadyCaseComesUp) {
  run([] {
    auto C = go::makeChan<int>(4), D = go::makeChan<int>(4);
    int Sends = 0, Recvs = 0, Others = 0;
    D.close();
    for (int I = 0; I < 300; ++I) {
      if (C.len() == 0)
        C.send(0);
      if (C.len() == 4)
        C.recv();
      switch (go::select(go::send(C, 1), go::recv(C), go::recv(D))) {
      case 0:
        ++Sends;
        break;
      case 1:
        ++Recvs;
        break;
      default:
        ++Others;
      }
    }
    EXPECT_GT(Sends, 50);
    EXPECT_GT(Recvs, 50);
    EXPECT_GT(Others, 50);
  });
}

TEST_P(Select, L14_DynamicOtherwiseAndSends) {
  run([] {
    auto C = go::makeChan<std::string>(1);
    std::string Got;
    {
      std::vector<go::Case> Cases;
      Cases.emplace_back(go::otherwise);
      Cases.emplace_back(go::send(C, std::string("x")));
      EXPECT_EQ(go::select(Cases), 1);
    }
    {
      std::vector<go::Case> Cases;
      Cases.emplace_back(go::send(C, std::string("y")));
      Cases.emplace_back(go::recv(C, Got));
      EXPECT_EQ(go::select(Cases), 1);
      EXPECT_EQ(Got, "x");
    }
    std::vector<go::Case> None;
    None.emplace_back(go::otherwise);
    EXPECT_EQ(go::select(None), 0);
  });
}

TEST_P(Select, L10_MoveOnlyValues) {
  run([] {
    auto C = go::makeChan<std::unique_ptr<int>>(1);
    EXPECT_EQ(go::select(go::send(C, std::make_unique<int>(3)), go::otherwise),
              0);
    std::unique_ptr<int> P;
    bool Ok = false;
    EXPECT_EQ(go::select(go::recv(C, P, Ok)), 0);
    EXPECT_EQ(*P, 3);
    EXPECT_TRUE(Ok);
  });
}

} // namespace
