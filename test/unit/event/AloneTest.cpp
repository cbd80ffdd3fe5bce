// When a strand is alone, and what it leaves out then.
#include "event/Alone.h"

#include "detect/Init.h"
#include "detect/Record.h"
#include "shadow/Map.h"
#include "sync/Sync.h"
#include "sync/SyncVar.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

using namespace heddle;

namespace {

alignas(64) uint64_t Words[8];
uint64_t Object;

bool isInlineRedundant(const void *Addr) {
  const HeddleCell *C = cellAt(reinterpret_cast<uintptr_t>(Addr));
  return C->Write == heddle_thread_block.Epoch;
}

// Each test in a process of its own: whether a strand is alone depends on all
// that was before.
class AloneTest : public testing::Test {
protected:
  void SetUp() override {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    ensureInitialised();
  }

  static Strand *spawn(Strand &Parent) {
    return createStrand(Parent, 0, false, nullptr, SourceSite());
  }
  static void end(Strand &S, Strand &By) {
    switchStrand(&S);
    finishStrand(S);
    switchStrand(&By);
    joinStrand(By, S);
  }
  static void expect(bool Holds, const char *What) {
    if (Holds)
      return;
    fprintf(stderr, "not so: %s\n", What);
    _Exit(1);
  }
};

#define IN_OWN_PROCESS(Body)                                                   \
  EXPECT_EXIT(                                                                 \
      {                                                                        \
        Body;                                                                  \
        _Exit(0);                                                              \
      },                                                                       \
      testing::ExitedWithCode(0), "")
#define HOLDS(Condition) expect(Condition, #Condition)

TEST_F(AloneTest, IsOffUntilAllowed) {
  IN_OWN_PROCESS({ HOLDS(!currentStrand().Alone); });
}

TEST_F(AloneTest, RecordsNothingAndPassesInlineTests) {
  IN_OWN_PROCESS({
    allowAlone();
    Strand &Main = currentStrand();
    HOLDS(Main.Alone);
    recordRange(Main, uintptr_t(Words), 8, kWriteBit, 1);
    HOLDS(!isInlineRedundant(Words));
    HOLDS(isDropped(Main, uintptr_t(Words), 8));
    HOLDS(!hasHistory(uintptr_t(Words)));
    HOLDS(isInlineRedundant(Words));
    syncRelease(Main, &Object);
    HOLDS(!findSyncVar(&Object));
  });
}

TEST_F(AloneTest, EndsWithAChildAndComesBackWithItsJoin) {
  IN_OWN_PROCESS({
    allowAlone();
    Strand &Main = currentStrand();
    Strand *Child = spawn(Main);
    HOLDS(!Main.Alone && !Child->Alone);
    HOLDS(!isDropped(Main, uintptr_t(Words), 8));
    finishStrand(*Child);
    HOLDS(!Main.Alone);
    joinStrand(Main, *Child);
    HOLDS(Main.Alone);
    HOLDS(heddle_thread_block.Epoch == HEDDLE_ALONE_EPOCH);
  });
}

TEST_F(AloneTest, NeverComesBackAfterADetachedThread) {
  IN_OWN_PROCESS({
    allowAlone();
    Strand &Main = currentStrand();
    Strand *Detached = spawn(Main);
    detachStrand(*Detached);
    finishStrand(*Detached);
    Strand *Child = spawn(Main);
    end(*Child, Main);
    HOLDS(!Main.Alone);
  });
}

TEST_F(AloneTest, EndsWithAThreadThatNobodyMade) {
  IN_OWN_PROCESS({
    allowAlone();
    Strand &Main = currentStrand();
    HOLDS(Main.Alone);
    std::thread([] { HOLDS(!currentStrand().Alone); }).join();
    HOLDS(heddle_thread_block.Epoch == HEDDLE_NO_EPOCH);
    HOLDS(!isDropped(Main, uintptr_t(Words), 8));
    HOLDS(!Main.Alone);
    HOLDS(heddle_thread_block.Epoch == (Main.epoch() | kAllBytes));
    Strand *Child = spawn(Main);
    end(*Child, Main);
    HOLDS(!Main.Alone);
  });
}

TEST_F(AloneTest, EndsWhereUnknownThreadsMayCome) {
  IN_OWN_PROCESS({
    allowAlone();
    mayMeetUnknownThreads();
    HOLDS(!currentStrand().Alone);
  });
}

TEST_F(AloneTest, IgnoresToo) {
  IN_OWN_PROCESS({
    allowAlone();
    Strand &Main = currentStrand();
    ignoreBegin();
    HOLDS(heddle_thread_block.Epoch == HEDDLE_NO_EPOCH);
    ignoreEnd();
    HOLDS(heddle_thread_block.Epoch == HEDDLE_ALONE_EPOCH);
    HOLDS(Main.Alone);
  });
}

// Random trees of strands: one is alone exactly while all others have ended and
// been joined, and then it knows all they did.
void runRandomTree(unsigned Seed) {
  std::mt19937 Random(Seed);
  std::vector<Strand *> Present{&currentStrand()};
  std::vector<EpochWord> Ends;
  for (int Step = 0; Step < 400; ++Step) {
    Strand *Me = Present[Random() % Present.size()];
    switchStrand(Me == Present[0] ? nullptr : Me);
    size_t Other = 1 + Random() % Present.size();
    if (Random() % 5 < 2 && Present.size() < 6) {
      Present.push_back(createStrand(*Me, 0, false, nullptr, SourceSite()));
    } else if (Other < Present.size() && Present[Other] != Me) {
      Ends.push_back(Present[Other]->epoch());
      switchStrand(Present[Other]);
      finishStrand(*Present[Other]);
      switchStrand(Me == Present[0] ? nullptr : Me);
      joinStrand(*Me, *Present[Other]);
      Present.erase(Present.begin() + long(Other));
    }
    if (!Me->Alone)
      continue;
    if (Present.size() != 1)
      _Exit(2);
    for (EpochWord E : Ends)
      if (!Me->Known.knows(E))
        _Exit(3);
    Ends.clear();
  }
  if (Present.size() == 1 && !Present[0]->Alone)
    _Exit(4);
}

TEST_F(AloneTest, KnowsAllOthersInRandomTrees) {
  IN_OWN_PROCESS({
    allowAlone();
    runRandomTree(7);
  });
  IN_OWN_PROCESS({
    allowAlone();
    runRandomTree(8);
  });
}

} // namespace
