// The options of this run, with their defaults until report/ has read them.
#include "detect/Options.h"

namespace heddle {
Options gOptions;
}
