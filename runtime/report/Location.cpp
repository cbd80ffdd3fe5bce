// Names what lies at an address: heap first, then globals, then stacks.
#include "report/Location.h"

#include "detect/Describe.h"
#include "detect/Heap.h"
#include "detect/Threads.h"
#include "event/Place.h"
#include "intercept/Files.h"
#include "platform/Modules.h"
#include "report/Container.h"
#include "report/Finding.h"
#include "report/Symbolizer.h"
#include "sched/Sched.h"

#include <cstring>

namespace heddle {
namespace {

bool locateHeap(uintptr_t Addr, const BlockInfo *Known, Location &L) {
  const BlockInfo *Found =
      Known ? Known : describeBlock(reinterpret_cast<const void *>(Addr));
  if (!Found)
    return false;
  const BlockInfo &B = *Found;
  L.Kind = B.Freed ? LocationKind::FreedHeap : LocationKind::Heap;
  L.Size = B.Size;
  L.Offset = Addr - reinterpret_cast<uintptr_t>(B.Begin);
  L.AllocatedAt = B.AllocatedAt;
  L.Allocated = symbolize(L.AllocatedAt);
  L.OwnerId = B.AllocatedBy.Id;
  L.OwnerIsGoroutine = B.AllocatedBy.IsGoroutine;
  L.Owner = format("%c%llu", L.OwnerIsGoroutine ? 'G' : 'T',
                   (unsigned long long)L.OwnerId);
  L.Container = containerUse(L.Allocated).Type;
  return true;
}

bool locateGlobal(uintptr_t Addr, Location &L) {
  Variable V;
  Module M;
  if (!findModule(Addr, M) || !symbolizeData(Addr, V))
    return false;
  L.Kind = LocationKind::Global;
  L.Name = V.Name;
  L.Size = V.Size;
  L.Offset = M.Offset - V.Begin;
  L.Declared.Module = M.Path;
  L.Declared.Offset = V.Begin;
  L.Declared.File = V.File;
  L.Declared.Line = V.Line;
  return true;
}

bool locateFile(uintptr_t Addr, Location &L) {
  int Fd = fileOfSlot(Addr);
  if (Fd < 0)
    return false;
  L.Kind = LocationKind::File;
  L.Name = format("%d", Fd);
  FileOrigin Origin;
  if (!fileOrigin(Fd, Origin))
    return true;
  L.AllocatedAt = keepStack(placeAt(Origin.Place).Stack);
  L.Allocated = symbolize(L.AllocatedAt);
  L.OwnerId = Origin.StrandId;
  L.OwnerIsGoroutine = Origin.IsGoroutine;
  L.Owner = format("%c%llu", L.OwnerIsGoroutine ? 'G' : 'T',
                   (unsigned long long)L.OwnerId);
  return true;
}

bool locateStack(uintptr_t Addr, Location &L, decltype(strandOfStack) Of) {
  bool IsThreadLocal = false;
  const StrandRecord *Who = Of(Addr, IsThreadLocal);
  if (!Who)
    return false;
  L.Kind = IsThreadLocal ? LocationKind::ThreadLocal : LocationKind::Stack;
  StrandInfo Info = describeRecord(*Who);
  L.Owner = strandText(Info);
  L.OwnerId = Info.Id;
  L.OwnerIsGoroutine = Info.IsGoroutine;
  return true;
}

bool locateGoroutineStack(uintptr_t Addr, Location &L) {
  StrandInfo Who;
  if (!sched::findStackOwner(reinterpret_cast<void *>(Addr), Who.Id, Who.Name))
    return false;
  Who.IsGoroutine = true;
  L.Kind = LocationKind::Stack;
  L.Owner = strandText(Who);
  return true;
}

} // namespace

Location locate(uintptr_t Addr, const BlockInfo *Block) {
  Location L;
  if (!locateFile(Addr, L) && !locateHeap(Addr, Block, L) &&
      !locateGlobal(Addr, L) && !locateStack(Addr, L, strandOfStack) &&
      !locateGoroutineStack(Addr, L))
    locateStack(Addr, L, strandOfEndedStack);
  return L;
}

namespace {

std::string heapTitle(const Location &L) {
  if (!L.Name.empty())
    return "'" + L.Name + "'  " + L.Container + L.Calls;
  if (L.Kind == LocationKind::FreedHeap && L.Container.empty())
    return "a freed heap block";
  return L.Container.empty() ? "a heap block" : L.Container + L.Calls;
}

} // namespace

std::string locationTitle(const Location &L) {
  switch (L.Kind) {
  case LocationKind::Global:
    return "'" + L.Name + "'";
  case LocationKind::Heap:
  case LocationKind::FreedHeap:
    return heapTitle(L);
  case LocationKind::Stack:
    return "the stack of " + L.Owner;
  case LocationKind::ThreadLocal:
    return "a thread-local variable of " + L.Owner;
  case LocationKind::File:
    return "file descriptor " + L.Name;
  case LocationKind::Unknown:
    break;
  }
  return "memory of unknown origin";
}

namespace {

std::string heapDetail(const Location &L) {
  std::string Text = format("byte %zu of %zu", L.Offset, L.Size);
  const Frame *F = userFrame(L.Allocated);
  if (F)
    Text += ", allocated at " + placeText(*F) + " by " + L.Owner;
  if (L.Container.empty())
    return Text;
  return (L.Kind == LocationKind::Heap ? "heap, " : "freed heap, ") + Text;
}

} // namespace

std::string locationDetail(const Location &L) {
  if (L.Kind == LocationKind::Heap || L.Kind == LocationKind::FreedHeap)
    return heapDetail(L);
  if (L.Kind == LocationKind::File) {
    const Frame *F = userFrame(L.Allocated);
    return F ? "opened at " + placeText(*F) + " by " + L.Owner : "";
  }
  std::string Text = L.Container + L.Calls;
  if (L.Kind == LocationKind::Global) {
    Text += Text.empty() ? "global" : ", global";
    if (L.Container.empty())
      Text += format(", %zu byte%s", L.Size, L.Size == 1 ? "" : "s");
    if (!L.Declared.File.empty())
      Text += ", " + placeText(L.Declared);
  }
  return Text;
}

namespace {

// 'guard(mu)', 'pthread_mutex_lock(&mu)' -> 'mu'; 'a.mu.lock()' -> 'a.mu'.
std::string lockInSource(const std::string &Source) {
  size_t End = std::string::npos, Begin = 0;
  for (const char *Call : {".lock(", "->lock(", ".try_lock(", ".lock_shared("})
    if (End == std::string::npos)
      End = Source.find(Call);
  if (End != std::string::npos) {
    Begin = Source.find_last_of(" (;{!", End);
    Begin = Begin == std::string::npos ? 0 : Begin + 1;
    return Source.substr(Begin, End - Begin);
  }
  Begin = Source.find_first_of("({", Source.find("lock"));
  End = Source.find_first_of("),}", Begin);
  if (Begin == std::string::npos || End == std::string::npos)
    return "";
  Begin = Source.find_first_not_of("&( ", Begin + 1);
  return Begin < End ? Source.substr(Begin, End - Begin) : "";
}

} // namespace

std::string lockName(const void *Lock, const Frame *Taken) {
  Location L;
  if (locateGlobal(reinterpret_cast<uintptr_t>(Lock), L))
    return L.Name;
  std::string Name;
  if (Taken && Taken->IsUser)
    Name = lockInSource(sourceText(Taken->File, Taken->Line, 0, 200));
  return Name.empty() ? format("%p", Lock) : Name;
}

} // namespace heddle
