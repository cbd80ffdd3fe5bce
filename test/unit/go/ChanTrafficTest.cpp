// Many goroutines on few channels: Go's stress tests of channels.
#include "World.h"

#include <atomic>
#include <numeric>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(ChannelTraffic);

TEST_P(ChannelTraffic, C22_TryEqualsSelectWithOtherwise) {
  run([] {
    auto C = go::makeChan<int>(1);
    int V = 0;
    EXPECT_EQ(go::select(go::recv(C, V), go::otherwise), 1);
    EXPECT_EQ(go::select(go::send(C, 1), go::otherwise), 0);
    EXPECT_EQ(go::select(go::send(C, 1), go::otherwise), 1);
    EXPECT_EQ(go::select(go::recv(C, V), go::otherwise), 0);
    EXPECT_EQ(V, 1);
  });
}

// TestNonblockRecvRace: one of two try-receives must find the value.
TEST_P(ChannelTraffic, C23_TryIsNeverSpuriouslyNotReady) {
  run([] {
    for (int I = 0; I < 500; ++I) {
      auto C = go::makeChan<int>(1);
      C.send(1);
      std::atomic<int> Got{0};
      go::WaitGroup Wg;
      Wg.go([&] { Got += C.tryRecv().has_value(); });
      C.close();
      Got += C.tryRecv().has_value();
      Wg.wait();
      ASSERT_EQ(Got, 1);
    }
  });
}

TEST_P(ChannelTraffic, C24_PseudoRandomSend) {
  run([] {
    auto C = go::makeChan<int>();
    std::vector<int> Got;
    go::WaitGroup Wg;
    Wg.go([&] {
      for (int V : C)
        Got.push_back(V);
    });
    for (int I = 0; I < 400; ++I)
      go::select(go::send(C, 0), go::send(C, 1));
    C.close();
    Wg.wait();
    int Ones = std::accumulate(Got.begin(), Got.end(), 0);
    EXPECT_EQ(Got.size(), 400u);
    EXPECT_GT(Ones, 120);
    EXPECT_LT(Ones, 280);
  });
}

TEST_P(ChannelTraffic, C24_MultiConsumer) {
  run([] {
    constexpr int kValues = 2000;
    auto Work = go::makeChan<int>(4), Done = go::makeChan<int>(4);
    go::WaitGroup Wg;
    for (int I = 0; I < 8; ++I)
      Wg.go([=] {
        for (int V : Work) {
          if (V % 7 == 0)
            go::yield();
          Done.send(V);
        }
      });
    go::spawn([=] {
      for (int I = 1; I <= kValues; ++I)
        Work.send(I);
      Work.close();
    });
    go::spawn([&, Done] {
      Wg.wait();
      Done.close();
    });
    long Sum = 0;
    int Count = 0;
    for (int V : Done) {
      Sum += V;
      ++Count;
    }
    EXPECT_EQ(Count, kValues);
    EXPECT_EQ(Sum, long(kValues) * (kValues + 1) / 2);
  });
}

TEST_P(ChannelTraffic, C24_Sieve) {
  run([] {
    auto Numbers = go::makeChan<int>();
    auto Stop = go::makeChan<go::Unit>();
    auto Send = [Stop](go::Chan<int> To, int V) {
      return go::select(go::send(To, V), go::recv(Stop)) == 0;
    };
    go::spawn([=] {
      for (int I = 2; Send(Numbers, I); ++I)
        ;
    });
    int Prime = 0;
    for (int I = 0; I < 50; ++I) {
      Prime = Numbers.recv();
      auto Filtered = go::makeChan<int>();
      go::spawn([=, In = Numbers] {
        for (;;) {
          int V;
          if (go::select(go::recv(In, V), go::recv(Stop)) == 1)
            return;
          if (V % Prime && !Send(Filtered, V))
            return;
        }
      });
      Numbers = Filtered;
    }
    EXPECT_EQ(Prime, 229);
    Stop.close();
    while (go::numGoroutine() > 1)
      go::yield();
  });
}

TEST_P(ChannelTraffic, C14_ManySendersAndReceivers) {
  run([] {
    for (int Cap : {0, 1, 7}) {
      auto C = go::makeChan<int>(Cap);
      std::atomic<long> Sum{0};
      go::WaitGroup Senders, Receivers;
      for (int G = 0; G < 6; ++G)
        Senders.go([=] {
          for (int I = 0; I < 100; ++I)
            C.send(G * 100 + I);
        });
      for (int G = 0; G < 5; ++G)
        Receivers.go([&, C] {
          for (int V : C)
            Sum += V;
        });
      Senders.wait();
      C.close();
      Receivers.wait();
      EXPECT_EQ(Sum, 600L * 599 / 2);
    }
  });
}

// TestNonblockSelectRace: of a try to receive in a select and a close, a value
// that was sent before is found.
TEST_P(ChannelTraffic, C23_SelectIsNeverSpuriouslyNotReady) {
  run([] {
    for (int I = 0; I < 300; ++I) {
      auto C1 = go::makeChan<int>(1), C2 = go::makeChan<int>(1);
      C1.send(1);
      go::WaitGroup Wg;
      std::atomic<bool> Empty{false};
      Wg.go([&] {
        if (go::select(go::recv(C1), go::recv(C2), go::otherwise) == 2)
          Empty = true;
      });
      C2.send(1);
      C1.tryRecv();
      Wg.wait();
      ASSERT_FALSE(Empty);
    }
  });
}

// TestNonblockSelectRace2: the same with a close.
TEST_P(ChannelTraffic, C23_SelectFindsTheClose) {
  run([] {
    for (int I = 0; I < 300; ++I) {
      auto C1 = go::makeChan<int>(1), C2 = go::makeChan<int>();
      C1.send(1);
      go::WaitGroup Wg;
      std::atomic<bool> Empty{false};
      Wg.go([&] {
        if (go::select(go::recv(C1), go::recv(C2), go::otherwise) == 2)
          Empty = true;
      });
      C2.close();
      C1.tryRecv();
      Wg.wait();
      ASSERT_FALSE(Empty);
    }
  });
}

// Power series, as in Go's test/chan/powser1.go: each coefficient is asked for
// over a channel, and a product splits its factors among goroutines.
struct Series {
  go::RecvChan<long> Next;
};

template <class F> Series generate(go::Context Ctx, F Coefficient) {
  auto C = go::makeChan<long>();
  go::spawn([=] {
    for (int I = 0;; ++I)
      if (go::select(go::send(C, Coefficient(I)), go::recv(Ctx.done())) == 1)
        return;
  });
  return {C};
}

Series sum(go::Context Ctx, Series A, Series B) {
  auto C = go::makeChan<long>();
  go::spawn([=] {
    for (;;) {
      long X, Y;
      if (go::select(go::recv(A.Next, X), go::recv(Ctx.done())) == 1 ||
          go::select(go::recv(B.Next, Y), go::recv(Ctx.done())) == 1 ||
          go::select(go::send(C, X + Y), go::recv(Ctx.done())) == 1)
        return;
    }
  });
  return {C};
}

// A * B: the coefficients so far of both, folded.
Series product(go::Context Ctx, Series A, Series B) {
  auto C = go::makeChan<long>();
  go::spawn([=] {
    std::vector<long> Xs, Ys;
    for (;;) {
      long X, Y, Fold = 0;
      if (go::select(go::recv(A.Next, X), go::recv(Ctx.done())) == 1 ||
          go::select(go::recv(B.Next, Y), go::recv(Ctx.done())) == 1)
        return;
      Xs.push_back(X);
      Ys.push_back(Y);
      for (size_t I = 0; I < Xs.size(); ++I)
        Fold += Xs[I] * Ys[Xs.size() - 1 - I];
      if (go::select(go::send(C, Fold), go::recv(Ctx.done())) == 1)
        return;
    }
  });
  return {C};
}

TEST_P(ChannelTraffic, C24_PowerSeries) {
  run([] {
    auto Ctx = go::withCancel(go::background());
    auto Ones = [&] { return generate(Ctx, [](int) { return 1L; }); };
    // (1/(1-x))^2 + 1/(1-x) has the coefficients n + 2.
    auto S = sum(Ctx, product(Ctx, Ones(), Ones()), Ones());
    for (long N = 0; N < 15; ++N)
      EXPECT_EQ(S.Next.recv(), N + 2);
    // x -> 1/(1-x)^4 has the binomial coefficients (n+3 over 3).
    auto Square = [&] { return product(Ctx, Ones(), Ones()); };
    auto Fourth = product(Ctx, Square(), Square());
    for (long N = 0; N < 12; ++N)
      EXPECT_EQ(Fourth.Next.recv(), (N + 1) * (N + 2) * (N + 3) / 6);
    Ctx.cancel();
    awaitThat([] { return go::numGoroutine() == 1; });
  });
}

// A ring through which one token goes round.
TEST_P(ChannelTraffic, C24_Ring) {
  run([] {
    constexpr int kNodes = 50, kRounds = 20;
    auto First = go::makeChan<int>();
    auto Left = First;
    for (int I = 0; I < kNodes; ++I) {
      auto Right = go::makeChan<int>();
      go::spawn([=] {
        for (int V : Left)
          Right.send(V + 1);
        Right.close();
      });
      Left = Right;
    }
    int V = 0;
    for (int I = 0; I < kRounds; ++I) {
      First.send(V);
      V = Left.recv();
    }
    EXPECT_EQ(V, kNodes * kRounds);
    First.close();
    EXPECT_FALSE(Left.recvOk().second);
  });
}

// Requests with a channel for the answer, many clients.
TEST_P(ChannelTraffic, C24_RequestsAndAnswers) {
  run([] {
    struct Request {
      int Value;
      go::Chan<int> Answer;
    };
    auto Requests = go::makeChan<Request>();
    go::WaitGroup Clients;
    for (int S = 0; S < 3; ++S)
      go::spawn([=] {
        for (Request R : Requests)
          R.Answer.send(R.Value * 2);
      });
    for (int C = 0; C < 10; ++C)
      Clients.go([=] {
        auto Answer = go::makeChan<int>();
        for (int I = 0; I < 20; ++I) {
          Requests.send({C * 100 + I, Answer});
          EXPECT_EQ(Answer.recv(), 2 * (C * 100 + I));
        }
      });
    Clients.wait();
    Requests.close();
  });
}

} // namespace
