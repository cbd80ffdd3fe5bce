// A list of races that never drops one for want of room.
#include "shadow/Races.h"

#include "base/Arena.h"

#include <cstring>

namespace heddle {

Races::~Races() {
  if (Items != First)
    arenaFree(Items, Capacity * sizeof(Race));
}

bool Races::grow() {
  auto *More = static_cast<Race *>(arenaAllocate(2 * Capacity * sizeof(Race)));
  if (!More)
    return false;
  memcpy(static_cast<void *>(More), Items, Count * sizeof(Race));
  if (Items != First)
    arenaFree(Items, Capacity * sizeof(Race));
  Items = More;
  Capacity *= 2;
  return true;
}

void Races::add(const PastAccess &Current, const PastAccess &Previous) {
  for (uint32_t I = 0; I < Count; ++I)
    if (Items[I].Previous.Place == Previous.Place &&
        Items[I].Current.Place == Current.Place && Items[I].Cell == Cell)
      return;
  if (Count == Capacity && !grow())
    return;
  Items[Count++] = {Cell, Current, Previous};
}

} // namespace heddle
