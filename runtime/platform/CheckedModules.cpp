// Looks for the imports of a module's constructor among its relocations. The
// call itself would not say who makes it: gcc's is a jump.
//
// Reference: the ELF gABI, chapter 5, dynamic section; psABI x86-64, 4.4.
#include "platform/CheckedModules.h"

#include <atomic>
#include <cstring>
#include <dlfcn.h>
#include <link.h>

namespace heddle {
namespace {

// A module with the answer in bit 0.
constexpr size_t kKnown = 64;
constinit std::atomic<uintptr_t> Known[kKnown] = {};

struct Dynamic {
  const ElfW(Sym) *Symbols = nullptr;
  const char *Names = nullptr;
  const ElfW(Rela) * Relocations[2] = {}; // of data, of calls
  size_t Bytes[2] = {};
};

// The linker has made the addresses absolute where it could write.
template <class T> void setPointer(T *&Out, const link_map &M, uintptr_t P) {
  Out = reinterpret_cast<T *>(P < M.l_addr ? P + M.l_addr : P);
}

Dynamic readDynamic(const link_map &M) {
  Dynamic D;
  for (const ElfW(Dyn) *E = M.l_ld; E && E->d_tag != DT_NULL; ++E)
    switch (E->d_tag) {
    case DT_SYMTAB:
      setPointer(D.Symbols, M, E->d_un.d_ptr);
      break;
    case DT_STRTAB:
      setPointer(D.Names, M, E->d_un.d_ptr);
      break;
    case DT_RELA:
      setPointer(D.Relocations[0], M, E->d_un.d_ptr);
      break;
    case DT_JMPREL:
      setPointer(D.Relocations[1], M, E->d_un.d_ptr);
      break;
    case DT_RELASZ:
      D.Bytes[0] = E->d_un.d_val;
      break;
    case DT_PLTRELSZ:
      D.Bytes[1] = E->d_un.d_val;
      break;
    }
  return D;
}

bool importsChecks(const link_map &M) {
  const Dynamic D = readDynamic(M);
  if (!D.Symbols || !D.Names)
    return false;
  for (int T = 1; T >= 0; --T)
    for (size_t I = 0; I < D.Bytes[T] / sizeof(ElfW(Rela)); ++I) {
      const ElfW(Sym) &S = D.Symbols[ELF64_R_SYM(D.Relocations[T][I].r_info)];
      const char *Name = D.Names + S.st_name;
      if (!strcmp(Name, "heddle_init") || !strcmp(Name, "__tsan_init"))
        return S.st_shndx == SHN_UNDEF;
    }
  return false;
}

} // namespace

bool isCheckedModule(uintptr_t Pc) {
  dl_find_object Found;
  if (_dl_find_object(reinterpret_cast<void *>(Pc), &Found) != 0)
    return false;
  auto Key = reinterpret_cast<uintptr_t>(Found.dlfo_link_map);
  std::atomic<uintptr_t> &Entry = Known[(Key >> 4 ^ Key >> 10) % kKnown];
  // Ordering: relaxed; an entry speaks for itself.
  uintptr_t Old = Entry.load(std::memory_order_relaxed);
  if ((Old & ~uintptr_t(1)) == Key)
    return Old & 1;
  bool Checked = importsChecks(*Found.dlfo_link_map);
  Entry.store(Key | uintptr_t(Checked), std::memory_order_relaxed);
  return Checked;
}

void forgetCheckedModules() {
  for (std::atomic<uintptr_t> &Entry : Known)
    Entry.store(0, std::memory_order_relaxed);
}

} // namespace heddle
