// The loaded modules, asked of the dynamic linker.
#include "platform/Modules.h"

#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

namespace heddle {
namespace {

struct Query {
  uintptr_t Addr;
  Module *Out;
  size_t Index;
  bool Found;
};

bool segmentContains(const dl_phdr_info &Info, const ElfW(Phdr) & P,
                     uintptr_t Addr) {
  uintptr_t Begin = Info.dlpi_addr + P.p_vaddr;
  return P.p_type == PT_LOAD && Addr >= Begin && Addr < Begin + P.p_memsz;
}

const ElfW(Phdr) * findSegment(const dl_phdr_info &Info, uintptr_t Addr) {
  for (size_t I = 0; I < Info.dlpi_phnum; ++I)
    if (segmentContains(Info, Info.dlpi_phdr[I], Addr))
      return &Info.dlpi_phdr[I];
  return nullptr;
}

uintptr_t tlsSize(const dl_phdr_info &Info) {
  for (size_t I = 0; I < Info.dlpi_phnum; ++I)
    if (Info.dlpi_phdr[I].p_type == PT_TLS)
      return Info.dlpi_phdr[I].p_memsz;
  return 0;
}

void setPath(Module &Out, const char *Name) {
  if (Name && *Name) {
    strncpy(Out.Path, Name, sizeof(Out.Path) - 1);
    Out.Path[sizeof(Out.Path) - 1] = 0;
    return;
  }
  ssize_t N = readlink("/proc/thread-self/exe", Out.Path, sizeof(Out.Path) - 1);
  Out.Path[N > 0 ? N : 0] = 0;
}

int visit(dl_phdr_info *Info, size_t, void *Arg) {
  Query &Q = *static_cast<Query *>(Arg);
  bool IsProgram = Q.Index++ == 0;
  const ElfW(Phdr) *Segment = findSegment(*Info, Q.Addr);
  if (!Segment)
    return 0;
  Q.Found = true;
  if (Module *Out = Q.Out) {
    setPath(*Out, IsProgram ? nullptr : Info->dlpi_name);
    Out->Offset = Q.Addr - Info->dlpi_addr;
    Out->IsProgram = IsProgram;
    Out->IsRuntime =
        findSegment(*Info, reinterpret_cast<uintptr_t>(&visit)) != nullptr;
    Out->IsWritable = Segment->p_flags & PF_W;
    Out->TlsSize = tlsSize(*Info);
  }
  return 1;
}

bool isSystemPath(const char *Path) {
  return Path && (!strncmp(Path, "/lib", 4) || !strncmp(Path, "/usr/lib", 8));
}

} // namespace

bool findModule(uintptr_t Addr, Module &Out) {
  Query Q{Addr, &Out, 0, false};
  dl_iterate_phdr(visit, &Q);
  return Q.Found;
}

// Every frame of a new stack asks this: without a lock, and no further than at
// the name.
CodeOwner ownerOf(uintptr_t Pc) {
  dl_find_object Found, Own;
  auto Here = reinterpret_cast<void *>(&visit);
  if (_dl_find_object(reinterpret_cast<void *>(Pc), &Found) != 0 ||
      _dl_find_object(Here, &Own) != 0)
    return CodeOwner::Program;
  if (Found.dlfo_link_map == Own.dlfo_link_map)
    return CodeOwner::Runtime;
  return isSystemPath(Found.dlfo_link_map->l_name) ? CodeOwner::System
                                                   : CodeOwner::Program;
}

} // namespace heddle
