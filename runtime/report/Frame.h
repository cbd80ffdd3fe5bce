// One line of a symbolised stack, and what may be told to a reader of it.
#ifndef HEDDLE_REPORT_FRAME_H
#define HEDDLE_REPORT_FRAME_H

#include "base/Hooks.h"

#include <string>
#include <vector>

namespace heddle {

struct Frame {
  std::string Function; // demangled, empty if unknown
  std::string File;     // as the debug information has it, empty if unknown
  int Line = 0;
  int Column = 0;
  std::string Module; // path of the binary
  uintptr_t Offset = 0;
  bool IsUser = false; // the program's own code, not a library's
};
using Frames = std::vector<Frame>;

// Sets IsUser. InProgram: the module is neither the runtime nor a library of
// the system.
void classify(Frame &F, bool InRuntime, bool InProgram);

// The first frame of the program's own code; else the first one; else null.
const Frame *userFrame(const Frames &Stack);

// 'file:line:column', with the path relative to the working directory if the
// file lies below it; 'module+0xoffset' if the file is unknown.
std::string placeText(const Frame &F);
std::string placeText(const SourceSite &Site);
// The function's name without return type and parameters.
std::string functionText(const std::string &Function);
// The whole source line, or empty; no more than 4096 characters of it.
std::string sourceLine(const std::string &File, int Line);
// The trimmed text of the source line, or empty; cut to Max characters that
// show Column (from 1; 0 is unknown).
std::string sourceText(const std::string &File, int Line, int Column = 0,
                       size_t Max = 44);
// The variable that the expression at Column begins with: 'hits' of
// 'hits[k]++' and of 'hits.size()'. Empty if there is none.
std::string sourceVariable(const Frame &F);

// A printf that returns the text.
std::string format(const char *Format, ...)
    __attribute__((format(printf, 1, 2)));

} // namespace heddle
#endif
