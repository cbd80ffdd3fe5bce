// Random skeletons that are small enough for the oracle.
#ifndef HEDDLE_TEST_SKELETON_RANDOM_H
#define HEDDLE_TEST_SKELETON_RANDOM_H

#include "engines/skeleton/Skeleton.h"

namespace heddle::skeleton {

/// The same seed gives the same skeleton. verify() holds for the result.
Skeleton randomSkeleton(uint32_t Seed);

} // namespace heddle::skeleton

#endif
