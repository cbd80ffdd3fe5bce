// Memory on which the program has declared races harmless.
//
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_DETECT_BENIGNRACES_H
#define HEDDLE_DETECT_BENIGNRACES_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Races on [Addr, Addr + Size) are not reported from now on.
void addBenignRace(const void *Addr, size_t Size);
// True if any byte of [Addr, Addr + Size) was so declared.
bool isBenignRace(uintptr_t Addr, size_t Size);

} // namespace heddle
#endif
