// The handler that go:: installs, for those who ask what a signal may do.
#ifndef HEDDLE_BASE_OWNSIGNALS_H
#define HEDDLE_BASE_OWNSIGNALS_H

#include <atomic>

namespace heddle {

// Of SIGURG; null until it is installed. It wakes no strand of the program.
inline std::atomic<void (*)(int)> gListHandler{nullptr};

} // namespace heddle
#endif
