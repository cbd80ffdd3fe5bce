// Makes a skeleton smaller without changing who can block.
#ifndef HEDDLE_SKELETON_COMPRESS_H
#define HEDDLE_SKELETON_COMPRESS_H

#include "engines/skeleton/Skeleton.h"

namespace heddle::skeleton {

/// Removes silent edges that choose nothing, equal edges of one place, and
/// free loops that do nothing: with fair choices such a loop ends, unless it
/// has no other way to go.
void compress(Skeleton &S);

} // namespace heddle::skeleton

#endif
