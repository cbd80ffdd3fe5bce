// dlclose: the addresses of a library that is gone begin a new life, as another
// may be loaded there.
#include "intercept/Interceptor.h"
#include "platform/CheckedModules.h"

#include <dlfcn.h>
#include <link.h>

using namespace heddle;

namespace {

constinit Real<decltype(dlclose)> RealDlclose("dlclose");

constexpr size_t kMaxSegments = 16;

struct Segments {
  uintptr_t Base; // of the library that is looked for
  size_t Count;
  struct {
    uintptr_t Begin;
    size_t Size;
  } Of[kMaxSegments];
};

// Stores the segments of the library at Base; the visit ends there.
int visit(dl_phdr_info *Info, size_t, void *Arg) {
  auto &S = *static_cast<Segments *>(Arg);
  if (Info->dlpi_addr != S.Base)
    return 0;
  for (size_t I = 0; I < Info->dlpi_phnum && S.Count < kMaxSegments; ++I)
    if (Info->dlpi_phdr[I].p_type == PT_LOAD)
      S.Of[S.Count++] = {S.Base + Info->dlpi_phdr[I].p_vaddr,
                         Info->dlpi_phdr[I].p_memsz};
  return 1;
}

} // namespace

HEDDLE_EXPORT int dlclose(void *Handle) noexcept {
  if (!watching())
    return RealDlclose(Handle);
  Segments Before{}, After{};
  Before.Base = static_cast<link_map *>(Handle)->l_addr;
  After.Base = Before.Base;
  dl_iterate_phdr(visit, &Before);
  int Result = RealDlclose(Handle);
  forgetCheckedModules();
  if (dl_iterate_phdr(visit, &After))
    return Result;
  for (size_t I = 0; I < Before.Count; ++I) {
    auto *Begin = reinterpret_cast<void *>(Before.Of[I].Begin);
    forgetAccesses(Begin, Before.Of[I].Size);
    syncForget(Begin, Before.Of[I].Size);
  }
  return Result;
}
