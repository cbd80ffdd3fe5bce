// Includes downwards, and sideways into another part.
#include "low/Base.h"
#include "other/Part.h"
