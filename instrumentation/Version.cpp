// Refuses a compiler of another version than the one heddle.so was built for.
//
// Ordering: runs at dlopen, before any other code of the plugin, which would
// crash in a foreign compiler. So it uses nothing of LLVM.
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

#include "llvm/Config/llvm-config.h"

__attribute__((constructor(101))) static void requireHost() {
  using GetVersion = void (*)(unsigned *, unsigned *, unsigned *);
  auto Get =
      reinterpret_cast<GetVersion>(dlsym(RTLD_DEFAULT, "LLVMGetVersion"));
  unsigned Major = 0, Minor = 0, Patch = 0;
  if (Get)
    Get(&Major, &Minor, &Patch);
  if (Major == LLVM_VERSION_MAJOR)
    return;
  char Found[32] = "of a version older than 16";
  if (Get)
    std::snprintf(Found, sizeof(Found), "%u.%u.%u", Major, Minor, Patch);
  std::fprintf(stderr,
               "heddle: this plugin is for clang %d, but it was loaded into "
               "clang %s; use clang++-%d\n",
               LLVM_VERSION_MAJOR, Found, LLVM_VERSION_MAJOR);
  std::_Exit(2);
}
