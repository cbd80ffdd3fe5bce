// Where the pieces of this installation lie, found from the executable.
//
// The build tree and an installed tree have the same shape (bin, lib, include),
// so nothing here knows a prefix. Thread safety: all read-only after first use.
#ifndef HEDDLE_TOOLS_INSTALLATION_H
#define HEDDLE_TOOLS_INSTALLATION_H

#include <string>

namespace heddle {

/// The folder above bin/, with links resolved.
std::string installRoot();
/// lib/heddle.cfg, the one compile flag.
std::string configFile();
/// The compiler that heddle.so belongs to: clang++ or clang of LLVM 19. Empty
/// if there is none; HEDDLE_LLVM, then the folder of the build, then PATH.
std::string findCompiler(bool Cxx);
/// A tool of LLVM 19, looked up in the same places. Empty if there is none.
std::string findLlvmTool(const std::string &Name);
/// This executable.
std::string selfPath();

} // namespace heddle
#endif
