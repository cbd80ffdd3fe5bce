// A spin lock over a plain atomic word, for words inside go:: objects.
//
// Held for a few dozen instructions, never across a switch of the holder's own
// making except through park(), which unlocks on the other side.
#ifndef HEDDLE_SCHED_LOCKWORD_H
#define HEDDLE_SCHED_LOCKWORD_H

#include "base/SpinLock.h"

#include <atomic>
#include <cstdint>

namespace heddle::sched {

inline void lockWord(std::atomic<uint32_t> &Word) {
  // Ordering: acquire pairs with the release store in unlockWord.
  for (unsigned Round = 0; Word.load(std::memory_order_relaxed) ||
                           Word.exchange(1, std::memory_order_acquire);
       ++Round)
    spinPause(Round);
}

inline void unlockWord(std::atomic<uint32_t> &Word) {
  Word.store(0, std::memory_order_release);
}

class LockWordHolder {
public:
  explicit LockWordHolder(std::atomic<uint32_t> &Word) : Word(Word) {
    lockWord(Word);
  }
  ~LockWordHolder() { unlockWord(Word); }
  LockWordHolder(const LockWordHolder &) = delete;
  LockWordHolder &operator=(const LockWordHolder &) = delete;

private:
  std::atomic<uint32_t> &Word;
};

} // namespace heddle::sched
#endif
