// Which wait groups of a skeleton are counted by what can be compared.
#ifndef HEDDLE_SKELETON_COUNTS_H
#define HEDDLE_SKELETON_COUNTS_H

#include "engines/skeleton/Skeleton.h"

namespace heddle::skeleton {

/// Two symbols are equal in each round, but twice the one is not the other: a
/// count that more than one of them goes into says nothing, and who waits for
/// it is assumed to go on.
void hideUnrelatedCounts(Skeleton &S);

} // namespace heddle::skeleton

#endif
