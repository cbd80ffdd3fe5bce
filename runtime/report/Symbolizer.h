// Asks llvm-symbolizer, over a socket, what stands at an address.
//
// The helper is started at the first question. Without it, frames carry module
// and offset only, and one line tells the user what to install.
//
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_SYMBOLIZER_H
#define HEDDLE_REPORT_SYMBOLIZER_H

#include "detect/Report.h"
#include "report/Frame.h"

namespace heddle {

// A variable of static storage.
struct Variable {
  std::string Name;
  uintptr_t Begin = 0; // as the ELF file counts
  size_t Size = 0;
  std::string File; // where it is declared, empty if unknown
  int Line = 0;
};

// The frames of a stack, innermost first, inlined ones included.
Frames symbolize(StackRef Stack);
// The frames at one return address.
const Frames &symbolize(uintptr_t Pc);
// The variable at Addr. False if there is none.
bool symbolizeData(uintptr_t Addr, Variable &Out);

// In the child of fork: the helper belongs to the parent.
void symbolizerAfterFork();

} // namespace heddle
#endif
