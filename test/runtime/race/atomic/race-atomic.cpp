// What atomic operations do not order, and plain accesses to what others access
// atomically: each case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <cstdint>

int Shared;
int32_t Word;
int64_t Long;
int8_t Byte;
std::atomic<int> Flag;
constexpr auto kSeqCst = __ATOMIC_SEQ_CST;

// Each kind of atomic access against a plain one.
RACE(A5_storeThenRead, "'Long'") {
  inOrder([] { __atomic_store_n(&Long, 1, kSeqCst); }, // races
          [] { use(Long); });                          // races
}
RACE(A5_loadThenWrite, "'Long'") {
  inOrder([] { use(__atomic_load_n(&Long, kSeqCst)); }, // races
          [] { Long = 1; });                            // races
}
RACE(A5_addThenRead, "'Word'") {
  inOrder([] { __atomic_fetch_add(&Word, 1, kSeqCst); }, // races
          [] { use(Word); });                            // races
}
RACE(addThenWrite, "'Byte'") {
  inOrder([] { __atomic_fetch_add(&Byte, 1, kSeqCst); }, // races
          [] { Byte = 42; });                            // races
}
RACE(writeThenExchange, "'Word'") {
  inOrder([] { Word = 42; },                                    // races
          [] { use(__atomic_exchange_n(&Word, 1, kSeqCst)); }); // races
}
RACE(writeThenCompare, "'Word'") {
  inOrder([] { Word = 42; }, // races
          [] {
            int32_t Old = 7;
            use(__atomic_compare_exchange_n(&Word, &Old, 1, false, // races
                                            kSeqCst, kSeqCst));
          });
}
RACE(flagThenClear, "'Byte'") {
  inOrder([] { use(__atomic_test_and_set(&Byte, kSeqCst)); }, // races
          [] { Byte = 0; });                                  // races
}

// An atomic access to a part, a plain one to the whole.
union Halves {
  int64_t Whole;
  int32_t Part[2];
} Both;
RACE(atomicPart, "'Both'") {
  inOrder([] { __atomic_store_n(&Both.Part[1], 1, kSeqCst); }, // races
          [] { use(Both.Whole); });                            // races
}

// The counter is right, the wrong one of the two goes on: who comes first.
RACE(firstOfTwo, "'Shared'") {
  inOrder(
      [] {
        if (Flag.fetch_add(1) == 0)
          Shared = 1; // races
      },
      [] {
        if (Flag.fetch_add(1) == 1)
          Shared = 2; // races
      });
}

// Relaxed orders nothing, on either side.
RACE(relaxedStore, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        use(Flag.load(std::memory_order_acquire));
        Shared = 2; // races
      });
}
RACE(relaxedLoad, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        Flag.store(1, std::memory_order_release);
      },
      [] {
        use(Flag.load(std::memory_order_relaxed));
        Shared = 2; // races
      });
}
RACE(relaxedAdds, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        Flag.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        Flag.fetch_add(1, std::memory_order_relaxed);
        Shared = 2; // races
      });
}

// The flag is another one.
RACE(anotherFlag, "'Shared'") {
  static std::atomic<int> Mine;
  inOrder(
      [] {
        Shared = 1; // races
        Flag.store(1);
      },
      [] {
        use(Mine.load());
        Shared = 2; // races
      });
}

// The store comes before the write that it should publish.
RACE(publishedTooEarly, "'Shared'") {
  inOrder(
      [] {
        Flag.store(1);
        Shared = 1; // races
      },
      [] {
        use(Flag.load());
        Shared = 2; // races
      });
}

// A load is no release: it passes nothing on to the next one.
RACE(loadReleasesNothing, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        use(Flag.load());
      },
      [] {
        use(Flag.load());
        Shared = 2; // races
      });
}

// An exchange that fails stores nothing, so releases nothing.
RACE(failedExchange, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        int Old = 7;
        use(Flag.compare_exchange_strong(Old, 8));
      },
      [] {
        use(Flag.load());
        Shared = 2; // races
      });
}

// The pointer is published, what it points to is filled in later.
struct Node {
  int Value, Count;
} TheNode;
RACE(pointerBeforeItsNode, "'TheNode'") {
  static std::atomic<Node *> Head;
  inOrder(
      [] {
        TheNode.Value = 1;
        Head.store(&TheNode);
        TheNode.Count = 1; // races
      },
      [] { use(Head.load()->Count); }); // races
}

// volatile is not atomic.
volatile int Hot;
RACE(volatileFlag, "'Hot'") {
  inOrder([] { Hot = 1; },   // races
          [] { use(Hot); }); // races
}
