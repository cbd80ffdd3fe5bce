// Looks the caller's module up at every call: only runs that ask for it pay,
// and libraries may come and go.
#include "intercept/IgnoredCallers.h"

#include "base/Arena.h"
#include "base/Pattern.h"
#include "event/Strand.h"
#include "platform/Modules.h"

namespace heddle {

bool gIgnoresCallers = false;

namespace {

struct Ignored {
  Ignored *Next;
  const char *Pattern;
};
Ignored *gIgnored = nullptr;

} // namespace

void ignoreCallersFrom(const char *Pattern) {
  auto *New = static_cast<Ignored *>(arenaAllocate(sizeof(Ignored)));
  if (!New)
    return;
  *New = {gIgnored, Pattern};
  gIgnored = New;
  gIgnoresCallers = true;
}

bool isIgnoredCaller(uintptr_t Pc) {
  InRuntime Inside;
  Module M;
  if (!findModule(Pc, M))
    return false;
  for (Ignored *I = gIgnored; I; I = I->Next)
    if (matchesPattern(I->Pattern, M.Path))
      return true;
  return false;
}

} // namespace heddle
