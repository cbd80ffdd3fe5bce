// What channels carry: channels, empty, move-only and throwing types.
#include "World.h"

#include <memory>
#include <stdexcept>

using namespace std::chrono_literals;

namespace {

GO_SUITE(ChannelElement);

TEST_P(ChannelElement, C17_ChannelsOfChannelsAndEmptyTypes) {
  run([] {
    auto Requests = go::makeChan<go::Chan<int>>();
    go::spawn([=] {
      for (auto Reply : Requests)
        Reply.send(1);
    });
    auto Reply = go::makeChan<int>();
    Requests.send(Reply);
    EXPECT_EQ(Reply.recv(), 1);
    Requests.close();
    auto Units = go::makeChan<go::Unit>(1000);
    for (int I = 0; I < 1000; ++I)
      Units.send({});
    EXPECT_FALSE(Units.trySend({}));
  });
}

TEST_P(ChannelElement, C19_WaitingSenderRefillsInOrder) {
  run([] {
    auto C = go::makeChan<int>(1);
    go::spawn([=] {
      for (int I = 0; I < 100; ++I)
        C.send(I);
      C.close();
    });
    go::sleep(1ms);
    int Expected = 0;
    for (int V : C)
      EXPECT_EQ(V, Expected++);
  });
}

// Counts its instances; its moves may throw.
struct Fragile {
  static int Alive, Copies;
  int Value = 0;
  bool Throws = false;
  explicit Fragile(int V = 0) : Value(V) { ++Alive; }
  Fragile(const Fragile &O) : Value(O.Value), Throws(O.Throws) {
    ++Copies;
    if (Throws)
      throw std::runtime_error("copy");
    ++Alive;
  }
  Fragile &operator=(const Fragile &) = default;
  ~Fragile() { --Alive; }
};
int Fragile::Alive, Fragile::Copies;

TEST_P(ChannelElement, C20_ThrowingElementIsNeitherLostNorDoubled) {
  Fragile::Alive = 0;
  run([] {
    auto C = go::makeChan<Fragile>(2);
    C.send(Fragile(1));
    Fragile Bad(2);
    Bad.Throws = true;
    EXPECT_THROW(C.send(Bad), std::runtime_error);
    EXPECT_EQ(C.len(), 1);
    C.send(Fragile(3));
    EXPECT_EQ(C.recv().Value, 1);
    EXPECT_EQ(C.recv().Value, 3);
  });
  EXPECT_EQ(Fragile::Alive, 0);
}

TEST_P(ChannelElement, C21_BufferedValuesDieWithTheLastHandle) {
  run([] {
    auto Token = std::make_shared<int>(1);
    {
      auto C = go::makeChan<std::shared_ptr<int>>(3);
      C.send(Token);
      C.send(Token);
      auto Copy = C;
      EXPECT_EQ(Token.use_count(), 3);
    }
    EXPECT_EQ(Token.use_count(), 1);
  });
}

TEST_P(ChannelElement, C21_MoveOnlyElements) {
  run([] {
    auto C = go::makeChan<std::unique_ptr<int>>();
    go::spawn([=] {
      for (int I = 0; I < 10; ++I)
        C.send(std::make_unique<int>(I));
      C.close();
    });
    int Sum = 0;
    for (auto P : C)
      Sum += *P;
    EXPECT_EQ(Sum, 45);
    auto D = go::makeChan<std::unique_ptr<int>>();
    auto P = std::make_unique<int>(1);
    EXPECT_FALSE(D.trySend(std::move(P)));
    EXPECT_TRUE(P); // left as it was
  });
}

} // namespace
