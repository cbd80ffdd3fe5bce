// Sleeping until a word changes.
#ifndef HEDDLE_PLATFORM_FUTEX_H
#define HEDDLE_PLATFORM_FUTEX_H

#include <atomic>
#include <cstdint>

namespace heddle {

// Blocks: while Word is Expected, until a wake or TimeoutNanos have passed
// (negative: for ever). May return early. Returns false on time-out.
bool futexWait(std::atomic<uint32_t> &Word, uint32_t Expected,
               int64_t TimeoutNanos = -1);
// Wakes up to Count sleepers.
void futexWake(std::atomic<uint32_t> &Word, int Count);

} // namespace heddle
#endif
