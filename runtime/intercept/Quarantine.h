// Freed blocks whose memory is not given out again for a while, so that a use
// soon after the free is still known for one.
#ifndef HEDDLE_INTERCEPT_QUARANTINE_H
#define HEDDLE_INTERCEPT_QUARANTINE_H

#include "detect/Heap.h"

namespace heddle {

// Frees the memory of Block, a block with a header that nobody owns any more,
// later: when the calling thread has freed the option quarantine's number of
// bytes more, or ends. What is large for that goes at once.
void freeLater(void *Block);
// Frees all that the calling thread has kept, and keeps nothing more.
void endQuarantine();

} // namespace heddle
#endif
