// Pools of objects: sync.Pool's behaviours.
#include "World.h"

#include <atomic>
#include <memory>
#include <set>
#include <string>

namespace {

GO_SUITE(ObjectPool);

// Under a detector one put in four is dropped, so gets may be new ones there.
#ifdef UNDER_TSAN
constexpr bool kDrops = true;
#else
constexpr bool kDrops = false;
#endif

TEST_P(ObjectPool, P1_EmptyWithoutNewGivesNull) {
  run([] {
    go::Pool<int> P;
    EXPECT_EQ(P.get(), nullptr);
    P.put(nullptr);
    EXPECT_EQ(P.get(), nullptr);
  });
}

TEST_P(ObjectPool, P1_GivesBackWhatWasPut) {
  run([] {
    go::Pool<std::string> P;
    std::set<std::string> Put{"a", "b", "c"}, Got;
    for (const auto &S : Put)
      P.put(std::make_unique<std::string>(S));
    while (auto S = P.get())
      EXPECT_TRUE(Got.insert(*S).second);
    for (const auto &S : Got)
      EXPECT_TRUE(Put.count(S));
    if (!kDrops)
      EXPECT_EQ(Got, Put);
  });
}

TEST_P(ObjectPool, P1_NewWhenEmpty) {
  run([] {
    int Made = 0;
    go::Pool<int> P([&] { return std::make_unique<int>(++Made); });
    EXPECT_EQ(*P.get(), 1);
    EXPECT_EQ(*P.get(), 2);
    P.put(std::make_unique<int>(42));
    int V = *P.get();
    EXPECT_TRUE(V == 42 || (kDrops && V == 3));
  });
}

// A pool keeps a bounded number; what it drops is destroyed, as is the rest.
TEST_P(ObjectPool, P1_DropsWhatItHasNoRoomFor) {
  run([] {
    auto Token = std::make_shared<int>(0);
    {
      go::Pool<std::shared_ptr<int>> P;
      for (int I = 0; I < 10000; ++I)
        P.put(std::make_unique<std::shared_ptr<int>>(Token));
      EXPECT_GT(Token.use_count(), 1);
      EXPECT_LT(Token.use_count(), 2000);
    }
    EXPECT_EQ(Token.use_count(), 1);
  });
}

// An object is out of the pool while somebody has it.
TEST_P(ObjectPool, P2_NobodySharesAnObject) {
  run([] {
    struct Busy {
      std::atomic<int> Users{0};
      long Plain = 0;
    };
    go::Pool<Busy> P([] { return std::make_unique<Busy>(); });
    go::WaitGroup Wg;
    for (int G = 0; G < 8; ++G)
      Wg.go([&] {
        for (int I = 0; I < 200; ++I) {
          auto B = P.get();
          EXPECT_EQ(++B->Users, 1);
          ++B->Plain;
          if (I % 8 == 0)
            go::yield();
          --B->Users;
          P.put(std::move(B));
        }
      });
    Wg.wait();
  });
}

TEST_P(ObjectPool, P1_StaticPoolNeedsNoConstructor) {
  static go::Pool<int> P;
  run([] {
    P.put(std::make_unique<int>(1));
    while (P.get())
      ;
  });
}

} // namespace
