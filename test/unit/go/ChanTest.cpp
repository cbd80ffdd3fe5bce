// Channels: nil, full, empty, closed; their directions and handles.
#include "World.h"

#include <atomic>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_set>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Channel);

template <class C, class = void> struct CanClose : std::false_type {};
template <class C>
struct CanClose<C, std::void_t<decltype(std::declval<C>().close())>>
    : std::true_type {};
template <class C, class = void> struct CanSend : std::false_type {};
template <class C>
struct CanSend<C, std::void_t<decltype(std::declval<C>().send(1))>>
    : std::true_type {};
template <class C, class = void> struct CanRecv : std::false_type {};
template <class C>
struct CanRecv<C, std::void_t<decltype(std::declval<C>().recv())>>
    : std::true_type {};

// C10: directions narrow and never widen.
static_assert(std::is_convertible_v<go::Chan<int>, go::SendChan<int>>);
static_assert(std::is_convertible_v<go::Chan<int>, go::RecvChan<int>>);
static_assert(!std::is_convertible_v<go::SendChan<int>, go::Chan<int>>);
static_assert(!std::is_convertible_v<go::RecvChan<int>, go::Chan<int>>);
static_assert(!std::is_convertible_v<go::RecvChan<int>, go::SendChan<int>>);
static_assert(!CanClose<go::RecvChan<int>>::value);
static_assert(!CanSend<go::RecvChan<int>>::value);
static_assert(!CanRecv<go::SendChan<int>>::value);
static_assert(CanClose<go::SendChan<int>>::value);

TEST_P(Channel, C1_NilChannel) {
  run([] {
    go::Chan<int> Nil;
    EXPECT_EQ(Nil.len(), 0);
    EXPECT_EQ(Nil.cap(), 0);
    EXPECT_FALSE(Nil);
    EXPECT_FALSE(Nil.trySend(1));
    EXPECT_FALSE(Nil.tryRecv());
    EXPECT_EQ(panicOf([&] { Nil.close(); }), "close of nil channel");
    bool Passed = false;
    go::spawn([&, Nil] {
      Nil.send(1);
      Passed = true;
    });
    go::spawn([&, Nil] {
      Nil.recv();
      Passed = true;
    });
    for (int I = 0; I < 100; ++I)
      go::yield();
    EXPECT_FALSE(Passed);
    EXPECT_EQ(go::numGoroutine(), 3);
  });
}

TEST_P(Channel, C2_UnbufferedCompletesOnlyWhenBothAreReady) {
  run([] {
    auto C = go::makeChan<int>();
    EXPECT_FALSE(C.trySend(1));
    EXPECT_FALSE(C.tryRecv());
    auto Sent = go::makeChan<int>(1);
    go::spawn([=] {
      C.send(7);
      Sent.send(1);
    });
    for (int I = 0; I < 100; ++I)
      go::yield();
    EXPECT_EQ(Sent.len(), 0);
    EXPECT_EQ(C.recv(), 7);
    EXPECT_EQ(Sent.recv(), 1);
  });
}

TEST_P(Channel, C3_BufferedBlocksWhenFullOrEmpty) {
  run([] {
    auto C = go::makeChan<int>(2);
    EXPECT_EQ(C.cap(), 2);
    EXPECT_TRUE(C.trySend(1));
    EXPECT_TRUE(C.trySend(2));
    EXPECT_FALSE(C.trySend(3));
    EXPECT_EQ(C.len(), 2);
    EXPECT_EQ(*C.tryRecv(), 1);
    EXPECT_EQ(*C.tryRecv(), 2);
    EXPECT_FALSE(C.tryRecv());
  });
}

TEST_P(Channel, C4_ValuesComeInOrder) {
  for (int Capacity : {0, 1, 10})
    run([=] {
      auto C = go::makeChan<int>(Capacity);
      go::spawn([=] {
        for (int I = 0; I < 1000; ++I)
          C.send(I);
        C.close();
      });
      int Expected = 0;
      for (int V : C)
        ASSERT_EQ(V, Expected++);
      EXPECT_EQ(Expected, 1000);
    });
}

TEST_P(Channel, C4_WaitingSendersAreServedInOrder) {
  run([] {
    auto C = go::makeChan<int>();
    for (int I = 0; I < 5; ++I) {
      go::spawn([=] { C.send(I); });
      for (int J = 0; J < 200; ++J) // until it waits
        go::sleep(10us);
    }
    for (int I = 0; I < 5; ++I)
      EXPECT_EQ(C.recv(), I);
  });
}

TEST_P(Channel, C5_SendOnClosedPanics) {
  run([] {
    auto C = go::makeChan<int>(1);
    C.close();
    EXPECT_EQ(panicOf([&] { C.send(1); }), "send on closed channel");
    EXPECT_EQ(panicOf([&] { C.trySend(1); }), "send on closed channel");
    EXPECT_EQ(panicOf([&] { go::select(go::send(C, 1)); }),
              "send on closed channel");
  });
}

#ifndef UNDER_TSAN // to close under waiting senders is a race, and reported
TEST_P(Channel, C5_ClosePanicsSendersThatWait) {
  run([] {
    auto C = go::makeChan<int>();
    auto Result = go::makeChan<std::string>(2);
    go::spawn([=] { Result.send(panicOf([&] { C.send(1); })); });
    go::spawn(
        [=] { Result.send(panicOf([&] { go::select(go::send(C, 1)); })); });
    go::sleep(2ms);
    C.close();
    EXPECT_EQ(Result.recv(), "send on closed channel");
    EXPECT_EQ(Result.recv(), "send on closed channel");
  });
}
#endif

TEST_P(Channel, C6_CloseOfClosedPanics) {
  run([] {
    auto C = go::makeChan<int>();
    C.close();
    EXPECT_EQ(panicOf([&] { C.close(); }), "close of closed channel");
  });
}

TEST_P(Channel, C7_ClosedGivesBufferedThenZero) {
  run([] {
    auto C = go::makeChan<int>(2);
    C.send(5);
    C.close();
    auto [V, Ok] = C.recvOk();
    EXPECT_EQ(V, 5);
    EXPECT_TRUE(Ok);
    std::tie(V, Ok) = C.recvOk();
    EXPECT_EQ(V, 0);
    EXPECT_FALSE(Ok);
    EXPECT_TRUE(C.tryRecv(V, Ok));
    EXPECT_FALSE(Ok);
  });
}

TEST_P(Channel, C8_CloseWakesAllReceivers) {
  run([] {
    auto C = go::makeChan<int>();
    go::WaitGroup Wg;
    std::atomic<int> Closed{0};
    for (int I = 0; I < 20; ++I)
      Wg.go([&] { Closed += !C.recvOk().second; });
    go::sleep(1ms);
    C.close();
    Wg.wait();
    EXPECT_EQ(Closed, 20);
  });
}

TEST_P(Channel, C12_RangeEndsAfterTheDrain) {
  run([] {
    auto C = go::makeChan<int>(3);
    for (int I : {1, 2, 3})
      C.send(I);
    C.close();
    int Sum = 0;
    for (int V : C)
      Sum += V;
    EXPECT_EQ(Sum, 6);
  });
}

TEST_P(Channel, C15_SizeOutOfRange) {
  run([] {
    EXPECT_EQ(panicOf([] { go::makeChan<int>(-1); }),
              "makechan: size out of range");
    EXPECT_EQ(panicOf([] {
                go::makeChan<int>(std::numeric_limits<ptrdiff_t>::max());
              }),
              "makechan: size out of range");
  });
}

TEST_P(Channel, C16_HandlesCompareByIdentity) {
  run([] {
    auto A = go::makeChan<int>(), B = go::makeChan<int>();
    auto C = A;
    EXPECT_TRUE(A == C);
    EXPECT_TRUE(A != B);
    EXPECT_TRUE(go::SendChan<int>(A) == C);
    std::map<go::Chan<int>, int> Ordered{{A, 1}, {B, 2}};
    EXPECT_EQ(Ordered[C], 1);
    std::unordered_set<go::Chan<int>> Hashed{A, B, C};
    EXPECT_EQ(Hashed.size(), 2u);
  });
}

TEST_P(Channel, C9_ChannelNeedNotBeClosed) {
  run([] {
    auto Token = std::make_shared<int>(1);
    for (int I = 0; I < 100; ++I) {
      auto C = go::makeChan<std::shared_ptr<int>>(1);
      C.send(Token);
    }
    EXPECT_EQ(Token.use_count(), 1);
  });
}

// The operands are those of the moment before it blocks.
TEST_P(Channel, C11_OperandsAreEvaluatedBefore) {
  run([] {
    auto C = go::makeChan<int>(), Other = go::makeChan<int>();
    std::atomic<bool> Evaluated{false};
    go::Chan<int> Variable = C;
    int Value = 1;
    go::WaitGroup Wg;
    Wg.go([&] {
      auto Take = [&] {
        int V = Value;
        Evaluated = true;
        return V;
      };
      Variable.send(Take());
    });
    awaitThat([&] { return Evaluated.load(); });
    Value = 2;
    letOthersRun();
    EXPECT_FALSE(Other.tryRecv());
    EXPECT_EQ(C.recv(), 1);
    Wg.wait();
  });
}

TEST_P(Channel, C12_RangeOverNilBlocks) {
  run([] {
    std::atomic<bool> Ended{false};
    go::spawn([&] {
      for (int V : go::Chan<int>())
        static_cast<void>(V);
      Ended = true;
    });
    letOthersRun();
    EXPECT_FALSE(Ended);
  });
}

TEST_P(Channel, C12_BreakLeavesTheRestInTheChannel) {
  run([] {
    auto C = go::makeChan<int>(4);
    for (int I = 0; I < 4; ++I)
      C.send(I);
    for (int V : C)
      if (V == 1)
        break;
    EXPECT_EQ(C.len(), 2);
    EXPECT_EQ(C.recv(), 2);
  });
}

TEST_P(Channel, C13_LenAndCapAtAnyTime) {
  run([] {
    auto C = go::makeChan<int>(5);
    std::atomic<bool> Stop{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      while (!Stop) {
        auto N = C.len();
        EXPECT_TRUE(N >= 0 && N <= 5);
        EXPECT_EQ(C.cap(), 5);
        go::yield();
      }
    });
    for (int I = 0; I < 200; ++I) {
      C.send(I);
      if (I % 4 == 3)
        for (int J = 0; J < 4; ++J)
          C.recv();
    }
    C.close();
    EXPECT_EQ(C.cap(), 5);
    Stop = true;
    Wg.wait();
  });
}

TEST_P(Channel, C7_ZeroValueOfEachType) {
  run([] {
    auto Texts = go::makeChan<std::string>(1);
    Texts.send("last");
    Texts.close();
    EXPECT_EQ(Texts.recv(), "last");
    EXPECT_EQ(Texts.recv(), "");
    auto Pointers = go::makeChan<std::unique_ptr<int>>();
    Pointers.close();
    EXPECT_EQ(Pointers.recv(), nullptr);
    EXPECT_FALSE(Texts.tryRecv());
  });
}

TEST_P(Channel, C10_DirectionsAreTheSameChannel) {
  run([] {
    auto C = go::makeChan<int>(2);
    go::SendChan<int> In = C;
    go::RecvChan<int> Out = C;
    In.send(1);
    EXPECT_TRUE(In.trySend(2));
    EXPECT_EQ(Out.recv(), 1);
    EXPECT_EQ(*Out.tryRecv(), 2);
    In.close();
    EXPECT_FALSE(Out.recvOk().second);
    EXPECT_TRUE(Out == C);
  });
}

TEST_P(Channel, C15_AnySizeOfInteger) {
  run([] {
    EXPECT_EQ(go::makeChan<int>(int8_t(3)).cap(), 3);
    EXPECT_EQ(go::Chan<int>(uint64_t(4)).cap(), 4);
    EXPECT_EQ(go::Chan<char>(size_t(0)).cap(), 0);
    EXPECT_EQ(panicOf([] { go::Chan<int>(int8_t(-1)); }),
              "makechan: size out of range");
  });
}

TEST_P(Channel, C8_CloseWakesSelectsToo) {
  run([] {
    auto C = go::makeChan<int>(), Never = go::makeChan<int>();
    go::WaitGroup Wg;
    std::atomic<int> Woken{0};
    for (int I = 0; I < 10; ++I)
      Wg.go([&] {
        bool Ok = true;
        int V;
        if (go::select(go::recv(Never), go::recv(C, V, Ok)) == 1 && !Ok)
          ++Woken;
      });
    letOthersRun();
    C.close();
    Wg.wait();
    EXPECT_EQ(Woken, 10);
  });
}

} // namespace
