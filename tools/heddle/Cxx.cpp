// heddle cxx, heddle cc: the compiler with Heddle's configuration file.
//
// Used as the compiler itself (CXX="heddle cxx") or as a launcher, where the
// first argument is the compiler that a build system chose
// (CMAKE_CXX_COMPILER_LAUNCHER="heddle;cxx"). Clang 19 is then taken as it is;
// the plugin fits no other compiler, so another is replaced, with a note.
#include "Command.h"
#include "Installation.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/Regex.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace heddle {

static bool namesCompiler(const std::string &Arg) {
  static const llvm::Regex kNames(
      "^([a-z0-9_]+-linux-gnu-)?(clang|clang\\+\\+|gcc|g\\+\\+|cc|c\\+\\+)"
      "(-[0-9]+)?$");
  return kNames.match(llvm::sys::path::filename(Arg));
}

static bool sameFile(const std::string &A, const std::string &B) {
  auto Found = llvm::sys::findProgramByName(A);
  llvm::SmallString<256> RealA, RealB;
  return Found && !llvm::sys::fs::real_path(*Found, RealA) &&
         !llvm::sys::fs::real_path(B, RealB) && RealA == RealB;
}

// What to exec for the compiler that the build system named; empty if none.
static std::string chooseCompiler(const std::string &Named, bool Cxx) {
  if (Named.empty())
    return findCompiler(Cxx);
  std::string Ours = findCompiler(llvm::StringRef(Named).contains("++"));
  if (!Ours.empty() && !sameFile(Named, Ours))
    std::fprintf(stderr, "heddle: note: compiling with %s in place of %s\n",
                 Ours.c_str(), Named.c_str());
  return Ours;
}

static int execCompiler(const std::vector<std::string> &Args, bool Cxx) {
  bool Launcher = !Args.empty() && namesCompiler(Args[0]);
  std::string Compiler = chooseCompiler(Launcher ? Args[0] : "", Cxx);
  if (Compiler.empty())
    return failWith(kUsage, "clang 19 is not installed; apt-get install "
                            "clang-19, or set HEDDLE_LLVM to its bin folder");
  std::string Config = "--config=" + configFile();
  std::vector<char *> Argv = {Compiler.data(), Config.data()};
  for (size_t I = Launcher; I < Args.size(); ++I)
    Argv.push_back(const_cast<char *>(Args[I].c_str()));
  Argv.push_back(nullptr);
  ::execv(Compiler.c_str(), Argv.data());
  return failWith(kUsage,
                  "cannot run " + Compiler + ": " + std::strerror(errno));
}

int mainCxx(const std::vector<std::string> &Args) {
  return execCompiler(Args, true);
}

int mainCc(const std::vector<std::string> &Args) {
  return execCompiler(Args, false);
}

} // namespace heddle
