// Finds the compiler, the configuration file and LLVM's tools.
#include "Installation.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>

#include <cstdlib>

namespace heddle {

std::string selfPath() {
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path("/proc/self/exe", Real))
    return "heddle";
  return std::string(Real);
}

std::string installRoot() {
  llvm::SmallString<256> Path(selfPath());
  llvm::sys::path::remove_filename(Path);
  llvm::sys::path::remove_filename(Path);
  return std::string(Path);
}

std::string configFile() { return installRoot() + "/lib/heddle.cfg"; }

std::string findLlvmTool(const std::string &Name) {
  const char *Chosen = std::getenv("HEDDLE_LLVM");
  for (std::string Folder :
       {std::string(Chosen ? Chosen : ""), std::string(HEDDLE_LLVM_BIN)}) {
    std::string Path = Folder + "/" + Name;
    if (!Folder.empty() && llvm::sys::fs::can_execute(Path))
      return Path;
  }
  if (auto Found = llvm::sys::findProgramByName(Name + "-19"))
    return *Found;
  return "";
}

std::string findCompiler(bool Cxx) {
  return findLlvmTool(Cxx ? "clang++" : "clang");
}

} // namespace heddle
