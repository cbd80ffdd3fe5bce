// What strands and objects know, against plain arrays of everything.
#include "clock/Knowledge.h"
#include "detect/Init.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

using namespace heddle;

namespace {

constexpr unsigned kStrands = 40, kObjects = 6;

// A strand or an object: what it knows, and the same without cleverness.
struct Party {
  Knowledge Known;
  std::map<uint32_t, uint32_t> Model;

  void learnModel(const Party &From) {
    for (auto [Slot, Clock] : From.Model)
      Model[Slot] = std::max(Model[Slot], Clock);
  }
};

class KnowledgeTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    for (unsigned I = 0; I < kStrands; ++I) {
      Strands[I].Known.Own = makeEpoch(I + 1, 1);
      Strands[I].Model[I + 1] = 1;
    }
  }
  void endEpoch(Party &S) {
    S.Known.Own += 1;
    S.Model[slotOf(S.Known.Own)] = clockOf(S.Known.Own);
  }
  void learn(Party &S, const Party &O) {
    S.Known.learn(O.Known);
    S.learnModel(O);
  }
  void publish(Party &S, Party &O, bool Store) {
    if (Store) {
      O.Known = S.Known;
      O.Model = S.Model;
    } else {
      O.Known.merge(S.Known);
      O.learnModel(S);
    }
    endEpoch(S);
  }
  void ask(Party &S, Party &O, unsigned Chance) {
    if (O.Known.covers(S.Known)) {
      EXPECT_TRUE(modelIsLeq(S, O));
    }
    EXPECT_EQ(O.Known.flattened().isLeq(S.Known.flattened()), modelIsLeq(O, S));
    if (Chance < 4)
      S.Known.settle();
    if (Chance == 4) {
      O.Known.clear();
      O.Model.clear();
    }
  }
  static bool modelIsLeq(const Party &A, const Party &B) {
    for (auto [Slot, Clock] : A.Model) {
      auto It = B.Model.find(Slot);
      if (It == B.Model.end() || It->second < Clock)
        return false;
    }
    return true;
  }
  // Every epoch is known or not as the arrays say.
  static void compare(const Party &P) {
    for (unsigned Slot = 1; Slot <= kStrands; ++Slot) {
      auto It = P.Model.find(Slot);
      uint32_t Clock = It == P.Model.end() ? 0 : It->second;
      if (Clock) {
        EXPECT_TRUE(P.Known.knows(makeEpoch(Slot, Clock)));
      }
      EXPECT_FALSE(P.Known.knows(makeEpoch(Slot, Clock + 1)));
    }
  }

  Party Strands[kStrands];
  Party Objects[kObjects];
};

TEST_F(KnowledgeTest, TwoThatTakeTurnsShareOneTree) {
  Party &A = Strands[0], &B = Strands[1];
  Knowledge Clock;
  for (int I = 0; I < 100; ++I)
    for (Party *P : {&A, &B}) {
      P->Known.learn(Clock);
      Clock = P->Known;
      endEpoch(*P);
    }
  EXPECT_TRUE(A.Known.Others.identical(B.Known.Others));
  EXPECT_TRUE(A.Known.knows(makeEpoch(2, 99)));
  EXPECT_FALSE(A.Known.knows(makeEpoch(2, 100)));
  EXPECT_TRUE(B.Known.knows(makeEpoch(1, 100)));
}

TEST_F(KnowledgeTest, RandomOperationsAgreeWithArrays) {
  std::mt19937 Random(11);
  for (unsigned Step = 0; Step < 200000; ++Step) {
    // Few parties for a while, then others.
    unsigned From = Step / 1000 % kStrands, Range = 1 + Step / 5000 % 12;
    Party &S = Strands[(From + Random() % Range) % kStrands];
    Party &O = Objects[Random() % kObjects];
    unsigned What = Random() % 8;
    if (What < 3)
      learn(S, O);
    else if (What < 7)
      publish(S, O, What < 5);
    else
      ask(S, O, Random() % 16);
    compare(S);
    compare(O);
  }
}

} // namespace
