// The concurrent map: sync.Map's behaviours.
#include "World.h"

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace {

GO_SUITE(SyncMap);

TEST_P(SyncMap, M1_LoadAndStore) {
  run([] {
    go::Map<std::string, int> M;
    EXPECT_FALSE(M.load("a"));
    M.store("a", 1);
    EXPECT_EQ(*M.load("a"), 1);
    M.store("a", 2);
    EXPECT_EQ(*M.load("a"), 2);
    EXPECT_FALSE(M.load("b"));
  });
}

TEST_P(SyncMap, M1_SnapshotOutlivesItsKey) {
  run([] {
    go::Map<int, std::string> M;
    M.store(1, "one");
    auto Old = M.load(1);
    M.store(1, "uno");
    M.erase(1);
    EXPECT_EQ(*Old, "one");
  });
}

TEST_P(SyncMap, M1_LoadOrStore) {
  run([] {
    go::Map<int, int> M;
    auto [A, LoadedA] = M.loadOrStore(1, 10);
    EXPECT_EQ(*A, 10);
    EXPECT_FALSE(LoadedA);
    auto [B, LoadedB] = M.loadOrStore(1, 20);
    EXPECT_EQ(*B, 10);
    EXPECT_TRUE(LoadedB);
  });
}

TEST_P(SyncMap, M1_DeleteAndLoadAndDelete) {
  run([] {
    go::Map<int, int> M;
    M.store(1, 10);
    EXPECT_EQ(*M.loadAndDelete(1), 10);
    EXPECT_FALSE(M.loadAndDelete(1));
    M.erase(1);
    M.store(1, 11);
    M.erase(1);
    EXPECT_FALSE(M.load(1));
  });
}

TEST_P(SyncMap, M1_Swap) {
  run([] {
    go::Map<int, int> M;
    EXPECT_FALSE(M.swap(1, 10));
    EXPECT_EQ(*M.swap(1, 11), 10);
    EXPECT_EQ(*M.load(1), 11);
  });
}

TEST_P(SyncMap, M1_CompareAndSwap) {
  run([] {
    go::Map<int, std::string> M;
    EXPECT_FALSE(M.compareAndSwap(1, "", "x"));
    EXPECT_FALSE(M.load(1));
    M.store(1, "a");
    EXPECT_FALSE(M.compareAndSwap(1, "b", "c"));
    EXPECT_TRUE(M.compareAndSwap(1, "a", "c"));
    EXPECT_EQ(*M.load(1), "c");
  });
}

TEST_P(SyncMap, M1_CompareAndDelete) {
  run([] {
    go::Map<int, int> M;
    EXPECT_FALSE(M.compareAndDelete(1, 0));
    M.store(1, 5);
    EXPECT_FALSE(M.compareAndDelete(1, 6));
    EXPECT_TRUE(M.load(1));
    EXPECT_TRUE(M.compareAndDelete(1, 5));
    EXPECT_FALSE(M.load(1));
  });
}

TEST_P(SyncMap, M1_Clear) {
  run([] {
    go::Map<int, int> M;
    M.clear();
    for (int I = 0; I < 100; ++I)
      M.store(I, I);
    M.clear();
    M.range([](int, int) { ADD_FAILURE(); });
    for (int I = 0; I < 100; ++I)
      EXPECT_FALSE(M.load(I));
    M.store(1, 1);
    EXPECT_EQ(*M.load(1), 1);
  });
}

TEST_P(SyncMap, M1_ManyKeys) {
  run([] {
    go::Map<int, int> M;
    for (int I = 0; I < 5000; ++I)
      M.store(I * 16, I);
    for (int I = 0; I < 5000; I += 2)
      M.erase(I * 16);
    int Count = 0;
    M.range([&](int K, int V) {
      EXPECT_EQ(K, V * 16);
      EXPECT_EQ(V % 2, 1);
      ++Count;
    });
    EXPECT_EQ(Count, 2500);
  });
}

// Random operations agree with those of a std::map.
TEST_P(SyncMap, M1_MatchesAPlainMap) {
  run([] {
    go::Map<int, int> M;
    std::map<int, int> Plain;
    unsigned State = 12345;
    auto Next = [&](unsigned N) {
      State = State * 1664525u + 1013904223u;
      return int((State >> 8) % N);
    };
    for (int I = 0; I < 3000; ++I) {
      int K = Next(20), V = Next(4), Old = Next(4);
      auto It = Plain.find(K);
      bool Has = It != Plain.end();
      switch (Next(6)) {
      case 0:
        EXPECT_EQ(bool(M.load(K)), Has);
        break;
      case 1:
        M.store(K, V);
        Plain[K] = V;
        break;
      case 2:
        EXPECT_EQ(M.loadOrStore(K, V).second, Has);
        Plain.emplace(K, V);
        break;
      case 3:
        EXPECT_EQ(bool(M.loadAndDelete(K)), Has);
        Plain.erase(K);
        break;
      case 4: {
        bool Swaps = Has && It->second == Old;
        EXPECT_EQ(M.compareAndSwap(K, Old, V), Swaps);
        if (Swaps)
          It->second = V;
        break;
      }
      default: {
        bool Deletes = Has && It->second == Old;
        EXPECT_EQ(M.compareAndDelete(K, Old), Deletes);
        if (Deletes)
          Plain.erase(It);
      }
      }
    }
    std::map<int, int> All;
    M.range([&](int K, int V) { All[K] = V; });
    EXPECT_EQ(All, Plain);
  });
}

TEST_P(SyncMap, M1_ConcurrentLoadOrStoreAgree) {
  run([] {
    go::Map<int, int> M;
    std::atomic<int> Stored{0};
    go::WaitGroup Wg;
    for (int G = 0; G < 8; ++G)
      Wg.go([&, G] {
        for (int K = 0; K < 100; ++K) {
          auto [V, Loaded] = M.loadOrStore(K, G);
          Stored += !Loaded;
          EXPECT_EQ(*M.load(K), *V);
        }
      });
    Wg.wait();
    EXPECT_EQ(Stored, 100);
  });
}

TEST_P(SyncMap, M1_CompareAndSwapCounts) {
  run([] {
    go::Map<std::string, int> M;
    M.store("n", 0);
    go::WaitGroup Wg;
    for (int G = 0; G < 5; ++G)
      Wg.go([&] {
        for (int I = 0; I < 100; ++I)
          for (;;) {
            int Old = *M.load("n");
            if (M.compareAndSwap("n", Old, Old + 1))
              break;
            go::yield();
          }
      });
    Wg.wait();
    EXPECT_EQ(*M.load("n"), 500);
  });
}

TEST_P(SyncMap, M3_RangeStopsWhenToldTo) {
  run([] {
    go::Map<int, int> M;
    for (int I = 0; I < 10; ++I)
      M.store(I, I);
    int Seen = 0;
    M.range([&](int, int) { return ++Seen < 3; });
    EXPECT_EQ(Seen, 3);
  });
}

TEST_P(SyncMap, M3_RangeWhileOthersWrite) {
  run([] {
    constexpr int kKeys = 200;
    go::Map<int, int> M;
    for (int I = 0; I < kKeys; ++I)
      M.store(I, I);
    std::atomic<bool> Stop{false};
    go::WaitGroup Wg;
    for (int G = 0; G < 3; ++G)
      Wg.go([&, G] {
        for (int I = 0; !Stop; I = (I + 7) % kKeys) {
          if (I % 3 == G)
            M.store(I, I);
          else if (I % 5 == 0)
            M.load(I);
          go::yield();
        }
      });
    for (int Round = 0; Round < 20; ++Round) {
      std::set<int> Seen;
      M.range([&](int K, int V) {
        EXPECT_EQ(K, V);
        EXPECT_TRUE(Seen.insert(K).second);
      });
      EXPECT_EQ(int(Seen.size()), kKeys);
      go::yield();
    }
    Stop = true;
    Wg.wait();
  });
}

// TestMapRangeNestedCall: range, load, store and delete inside of range.
TEST_P(SyncMap, M3_NestedAndReentrantCalls) {
  run([] {
    go::Map<int, std::string> M;
    for (int I = 0; I < 3; ++I)
      M.store(I, "v");
    M.range([&](int, const std::string &) {
      M.range([&](int K, const std::string &) {
        if (auto V = M.load(K))
          EXPECT_EQ(*V, "v");
        M.erase(42);
        M.loadOrStore(42, "other");
        M.store(42, "v");
        M.erase(42);
        return true;
      });
      M.erase(42);
      return true;
    });
    int Left = 0;
    M.range([&](int, const std::string &) { ++Left; });
    EXPECT_EQ(Left, 3);
  });
}

// TestConcurrentRange and its relatives: a key that is deleted and comes back
// during a range is not met twice.
TEST_P(SyncMap, M3_EachKeyAtMostOnce) {
  run([] {
    go::Map<int, int> M;
    for (int I = 0; I < 50; ++I)
      M.store(I, 0);
    std::set<int> Seen;
    M.range([&](int K, int) {
      EXPECT_TRUE(Seen.insert(K).second);
      for (int I = 0; I < 50; ++I) {
        M.erase(I);
        M.store(I, 1);
      }
    });
  });
}

TEST_P(SyncMap, M1_ClearWhileOthersWork) {
  run([] {
    go::Map<int, int> M;
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&, G] {
        for (int I = 0; I < 100; ++I) {
          if (G == 0)
            M.clear();
          M.store(I, I);
          if (auto V = M.load(I))
            EXPECT_EQ(*V, I);
          M.range([](int K, int V) { EXPECT_EQ(K, V); });
          if (I % 10 == 0)
            go::yield();
        }
      });
    Wg.wait();
  });
}

TEST_P(SyncMap, M1_MoveOnlyValues) {
  run([] {
    go::Map<int, std::unique_ptr<int>> M;
    M.store(1, std::make_unique<int>(5));
    EXPECT_EQ(**M.load(1), 5);
  });
}

// Keys and values die with the map and with their last reader.
TEST_P(SyncMap, M1_NothingIsLeftBehind) {
  run([] {
    auto Token = std::make_shared<int>(0);
    go::Snapshot<std::shared_ptr<int>> Kept;
    {
      go::Map<std::shared_ptr<int>, std::shared_ptr<int>> M;
      M.store(Token, Token);
      M.store(Token, Token);
      EXPECT_EQ(Token.use_count(), 3);
      Kept = M.load(Token);
    }
    EXPECT_EQ(Token.use_count(), 2);
    Kept = {};
    EXPECT_EQ(Token.use_count(), 1);
  });
}

} // namespace
