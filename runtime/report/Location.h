// What lies at an address, in the words of the program.
#ifndef HEDDLE_REPORT_LOCATION_H
#define HEDDLE_REPORT_LOCATION_H

#include "detect/Report.h"
#include "report/Frame.h"

namespace heddle {

enum class LocationKind : uint8_t {
  Unknown,
  Global,
  Heap,
  FreedHeap,
  Stack,
  ThreadLocal,
  File
};

struct Location {
  LocationKind Kind = LocationKind::Unknown;
  std::string Name;      // of the global; number of the descriptor
  std::string Container; // type of the container that the memory belongs to
  std::string Calls;     // what the sides called on it: ': size vs clear'
  size_t Size = 0;       // of the object
  size_t Offset = 0;     // of the address in it
  Frame Declared;        // the global
  Frames Allocated;      // the heap block
  StackRef AllocatedAt;  // the same, bare
  std::string Owner;     // strand that allocated it or whose stack it is
  uint64_t OwnerId = 0;  // its number
  bool OwnerIsGoroutine = false;
};

// Block: what was found around Addr when the access happened, or null.
Location locate(uintptr_t Addr, const BlockInfo *Block = nullptr);

// "'hits'", "heap block", "stack of T2 ..." for a title.
std::string locationTitle(const Location &L);
// "std::map<..>, global, stats.cpp:5" behind it.
std::string locationDetail(const Location &L);

// The name of the lock at Addr that was taken at Pc: the global's name, else
// what the source line calls it, else its address.
std::string lockName(const void *Lock, const Frame *Taken);

} // namespace heddle
#endif
