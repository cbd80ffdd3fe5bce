// Lies in another part.
#include "Part.h"
