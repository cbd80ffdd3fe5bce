// Strands as plain data for reports.
#ifndef HEDDLE_DETECT_DESCRIBE_H
#define HEDDLE_DETECT_DESCRIBE_H

#include "detect/Report.h"
#include "event/StrandData.h"

namespace heddle {

// What is known about S / the tenant of a slot. Pointers in it live for ever.
StrandInfo describeStrand(const Strand &S);
StrandInfo describeRecord(const StrandRecord &R);

// The block around Addr, allocated or freed; null if there is none.
const BlockInfo *describeBlock(const void *Addr);

// The frames of a stack id (StackDepot.h), kept for ever.
StackRef keepStack(uint32_t StackId);
// Those of a place (Place.h); none for place 0.
StackRef stackOfPlace(uint32_t Place);

} // namespace heddle
#endif
