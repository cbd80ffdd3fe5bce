// Includes upwards, which is what the test wants to see.
#include "high/Top.h"
