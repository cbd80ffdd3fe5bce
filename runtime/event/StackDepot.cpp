// Hash-consed trie of return addresses.
#include "event/StackDepot.h"

#include "event/Interner.h"
#include "platform/Mmap.h"

namespace heddle {
namespace {

struct FrameKey {
  uintptr_t Pc;
  uint32_t Parent;
};

struct Frame {
  uintptr_t Pc;
  uint32_t Parent; // the caller's frame, 0 for the outermost
  uint32_t Next;

  bool matches(const FrameKey &K) const {
    return Pc == K.Pc && Parent == K.Parent;
  }
};

constexpr size_t kFrameBytes = size_t(1) << 34;
constinit Interner<Frame> Frames;

} // namespace

bool initStackDepot() {
  void *Buckets = mapSparse(0, Interner<Frame>::kBucketBytes);
  void *Entries = mapSparse(0, kFrameBytes);
  if (!Buckets || !Entries)
    return false;
  Frames.init(Buckets, Entries, kFrameBytes);
  return true;
}

void leaveFrames(uint32_t Count) { Frames.leave(Count); }

uint32_t internStack(const uintptr_t *Pcs, size_t Size) {
  uint32_t Id = 0;
  while (Size--) {
    FrameKey K{Pcs[Size], Id};
    uint64_t Hash = K.Pc * 0xff51afd7ed558ccdull + K.Parent;
    uint32_t Child = Frames.intern(Hash, K, [&](Frame &F) {
      F.Pc = K.Pc;
      F.Parent = K.Parent;
    });
    if (!Child)
      return Id;
    Id = Child;
  }
  return Id;
}

size_t readStack(uint32_t Id, uintptr_t *Out, size_t Max) {
  size_t Size = 0;
  for (; Id && Size < Max; Id = Frames.at(Id).Parent)
    Out[Size++] = Frames.at(Id).Pc;
  return Size;
}

uintptr_t stackTop(uint32_t Id) { return Id ? Frames.at(Id).Pc : 0; }

} // namespace heddle
