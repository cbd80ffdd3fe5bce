// Which function a call instruction has called.
#ifndef HEDDLE_PLATFORM_CALLEDFUNCTION_H
#define HEDDLE_PLATFORM_CALLEDFUNCTION_H

#include <cstdint>

namespace heddle {

// The address of the function that the call in front of the return address Pc
// names: directly, by the procedure linkage table, or by the global offset
// table. 0 if the code says otherwise. Requires: Pc was a return address, and
// the module that it lies in is loaded still.
uintptr_t calledFunction(uintptr_t Pc);

} // namespace heddle
#endif
