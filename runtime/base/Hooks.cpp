// The one place where a detector plugs into go::.
#include "base/Hooks.h"

namespace heddle {
const DetectorHooks *gDetector = nullptr;
}
