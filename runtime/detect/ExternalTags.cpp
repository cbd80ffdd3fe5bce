// A table of titles; a tag is an index.
#include "detect/ExternalTags.h"

#include "base/Arena.h"
#include "base/Check.h"

#include <atomic>
#include <cstring>

namespace heddle {
namespace {

// Tags and the kinds of places share a byte. The first tag is Swift's.
constexpr uintptr_t kFirstKind = 64;
constexpr uintptr_t kMaxTag = 255 - kFirstKind;
constexpr uintptr_t kFirstTag = 2;
constexpr const char *kPrefix = "race on ";

constinit std::atomic<const char *> Titles[kMaxTag + 1];
constinit std::atomic<uintptr_t> Next{kFirstTag};

const char *join(const char *A, const char *B) {
  size_t SizeA = strlen(A), SizeB = strlen(B) + 1;
  auto *Text = static_cast<char *>(arenaAllocate(SizeA + SizeB));
  if (!Text)
    return nullptr;
  memcpy(Text, A, SizeA);
  memcpy(Text + SizeA, B, SizeB);
  return Text;
}

} // namespace

uintptr_t addExternalTag(const char *ObjectType) {
  uintptr_t Tag = Next.fetch_add(1, std::memory_order_relaxed);
  if (!check(Tag <= kMaxTag, "more than 190 tags of external objects"))
    return 0;
  Titles[Tag].store(join(kPrefix, ObjectType));
  return Tag;
}

void setExternalTitle(uintptr_t Tag, const char *Title) {
  if (Tag <= kMaxTag)
    Titles[Tag].store(join("", Title));
}

PlaceKind externalKind(uintptr_t Tag) {
  return PlaceKind(kFirstKind + (Tag <= kMaxTag ? Tag : 0));
}

const char *externalTitle(PlaceKind Kind) {
  if (uintptr_t(Kind) < kFirstKind)
    return nullptr;
  const char *Title = Titles[uintptr_t(Kind) - kFirstKind].load();
  return Title ? Title : "race on an external object";
}

} // namespace heddle
