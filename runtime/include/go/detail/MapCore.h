// The type-erased table behind Map<K, V>: what the templates call.
#ifndef GO_DETAIL_MAPCORE_H
#define GO_DETAIL_MAPCORE_H

#include "go/detail/Base.h"
#include "go/detail/Shared.h"

#include <atomic>

namespace go::detail {

struct MapCore;
struct MapEntry;
using MapSlot = std::atomic<MapCore *>; // null: an empty map

struct MapOps {
  bool (*Equal)(const void *A, const void *B);
  void (*DestroyKey)(void *Key);
};

enum class MapWrite : unsigned char { Always, IfAbsent, IfSame };
struct MapResult {
  ValueBox *Old = nullptr; // counted: what was there
  bool Done = false;       // New was stored
  bool NeedsKey = false;   // nothing was done: a key of the map's own is needed
};

GO_EXPORT ValueBox *mapLoad(MapSlot &M, const MapOps &Ops, std::size_t Hash,
                            const void *Key); // counted
// OwnKey: null, or a copy of Key that becomes the map's. New is counted by the
// map for itself.
GO_EXPORT MapResult mapStore(MapSlot &M, const MapOps &Ops, std::size_t Hash,
                             const void *Key, void *OwnKey, MapWrite How,
                             ValueBox *Same, ValueBox *New);
// Removes Key, or only if its value is Same; returns the value, counted.
GO_EXPORT ValueBox *mapErase(MapSlot &M, const MapOps &Ops, std::size_t Hash,
                             const void *Key, ValueBox *Same);
GO_EXPORT void mapClear(MapSlot &M);
GO_EXPORT void mapEnd(MapSlot &M);

GO_EXPORT ValueBox *mapEntryValue(MapEntry *E); // counted; null if removed
GO_EXPORT const void *mapEntryKey(MapEntry *E);

// Goes through the entries, shard by shard.
class GO_EXPORT MapCursor {
public:
  explicit MapCursor(MapSlot &M);
  MapCursor(const MapCursor &) = delete;
  ~MapCursor();
  MapEntry *next(); // or null; valid until the next call

private:
  void fetch();
  MapCore *Core;
  unsigned NextShard = 0;
  MapEntry **List = nullptr; // counted entries of one shard
  std::size_t Count = 0;
  std::size_t At = 0;
};

} // namespace go::detail
#endif
