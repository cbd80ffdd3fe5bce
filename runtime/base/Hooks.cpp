// The one place where a detector plugs into go::.
#include "base/Hooks.h"

namespace heddle {
const DetectorHooks *gDetector = nullptr;
std::atomic<int> gRuntimeThreads{0};
} // namespace heddle
