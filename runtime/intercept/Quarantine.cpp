// One queue for each thread, threaded through the headers of its blocks.
//
// Thread safety: a queue is its thread's. The child of fork never frees what
// other threads had queued.
#include "intercept/Quarantine.h"

#include "detect/Options.h"
#include "event/ThreadState.h"
#include "intercept/LargeBlocks.h"

namespace heddle {
namespace {

// Takes the place of the header. Size and alignment stand as they do there.
struct Kept {
  uint64_t Size : 48;
  uint64_t AlignLog2 : 6;
  uint64_t Unused : 10;
  Kept *Next;
};
static_assert(sizeof(Kept) == sizeof(BlockHeader));

struct Queue {
  Kept *Oldest, *Newest;
  size_t Bytes;
  bool Ended;
};

constinit __thread Queue gQueue __attribute__((tls_model("initial-exec"))) = {};

// What a block counts for: small ones have shadow and allocator's memory, too.
constexpr size_t kForEach = 64;
size_t weightOf(const Kept &K) { return K.Size + kForEach; }
// No block takes more than this part of the room.
constexpr size_t kShare = 4;

void freeNow(Kept *K) {
  freeRaw(reinterpret_cast<char *>(K + 1) - (size_t(1) << K->AlignLog2));
}

void freeOldest(Queue &Q) {
  Kept *K = Q.Oldest;
  Q.Oldest = K->Next;
  Q.Bytes -= weightOf(*K);
  freeNow(K);
}

} // namespace

void freeLater(void *Block) {
  Queue &Q = gQueue;
  const BlockHeader H = *headerOf(Block);
  auto *K = reinterpret_cast<Kept *>(headerOf(Block));
  *K = {H.Size, H.AlignLog2, 0, nullptr};
  auto Room = size_t(gOptions.Quarantine);
  if (Q.Ended || weightOf(*K) > Room / kShare)
    return freeNow(K);
  AtWork Busy; // a handler may free as well
  if (Q.Oldest)
    Q.Newest->Next = K;
  else
    Q.Oldest = K;
  Q.Newest = K;
  Q.Bytes += weightOf(*K);
  while (Q.Bytes > Room)
    freeOldest(Q);
}

void endQuarantine() {
  AtWork Busy;
  gQueue.Ended = true;
  while (gQueue.Oldest)
    freeOldest(gQueue);
}

} // namespace heddle
