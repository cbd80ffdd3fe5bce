// Frames, threads, mutexes and locations as log parsers expect them.
//
// Reference: the output of compiler-rt 19, lib/tsan/rtl/tsan_report.cpp.
#include "report/TsanShape.h"

#include "platform/CalledFunction.h"
#include "platform/Modules.h"
#include "report/Symbolizer.h"

#include <cstring>
#include <unistd.h>

namespace heddle {
namespace {

std::string baseName(const std::string &Path) {
  return Path.substr(Path.rfind('/') + 1);
}

std::string addressText(uintptr_t Addr) {
  return format("0x%012zx", size_t(Addr));
}

std::string moduleText(const std::string &Module, uintptr_t Offset) {
  return "(" + baseName(Module) + format("+0x%zx)", size_t(Offset));
}

std::string fileText(const Frame &F) {
  if (F.File.empty())
    return "<null>";
  std::string Text = F.File;
  if (F.Line)
    Text += format(":%d", F.Line);
  return F.Line && F.Column ? Text + format(":%d", F.Column) : Text;
}

bool isRuntime(const Frame &F) {
  return baseName(F.Module) == "libheddle_rt.so";
}

// Below these nothing is the program's.
bool isOutermost(const Frame &F) {
  for (const char *Name : {"start_thread", "clone", "clone3", "__clone",
                           "__clone3", "__libc_start_main"})
    if (F.Function == Name)
      return true;
  return isRuntime(F);
}

// Inner frames of the runtime that carry no name of the user's.
size_t hiddenFrames(const Frames &Stack) {
  size_t I = 0;
  while (I < Stack.size() && isRuntime(Stack[I]) &&
         Stack[I].Function.find("::") != std::string::npos)
    ++I;
  return I < Stack.size() ? I : 0;
}

size_t shownFrames(const Frames &Stack) {
  size_t Inner = hiddenFrames(Stack);
  for (size_t I = Inner; I < Stack.size(); ++I)
    if (Stack[I].Function == "main")
      return I + 1;
    else if (I > Inner && isOutermost(Stack[I]))
      return I;
  return Stack.size();
}

// The function of libc in whose name the runtime has recorded something.
Frames interceptorFrame(StackRef Stack) {
  Module M;
  if (!Stack.Size || !findModule(Stack.Pcs[0] - 1, M) || M.IsRuntime)
    return {};
  uintptr_t Called = calledFunction(Stack.Pcs[0]);
  if (!Called || !findModule(Called, M) || !M.IsRuntime)
    return {};
  Frame F = symbolize(Called + 1).back();
  bool IsHook = F.Function.compare(0, 7, "heddle_") == 0 ||
                F.Function.compare(0, 7, "__tsan_") == 0;
  if (IsHook && F.Function.compare(7, 3, "mem") == 0) {
    F.Function.erase(0, 7);
    IsHook = false;
  }
  F.File.clear();
  return IsHook || F.Function.empty() ? Frames{} : Frames{F};
}

} // namespace

std::string tsanStrand(uint64_t Id, bool IsGoroutine) {
  std::string What = IsGoroutine ? "goroutine" : "thread";
  if (Id == 1)
    return "main " + What;
  return What + (IsGoroutine ? " " : " T") +
         format("%llu", (unsigned long long)(IsGoroutine ? Id : Id - 1));
}

std::string tsanStack(const Frames &Stack) {
  if (Stack.empty())
    return "    [failed to restore the stack]\n\n";
  std::string Text;
  size_t Begin = hiddenFrames(Stack), End = shownFrames(Stack);
  for (size_t I = Begin; I < End; ++I) {
    const Frame &F = Stack[I];
    Text += format("    #%zu ", I - Begin) +
            (F.Function.empty() ? "<null>" : F.Function) + " " + fileText(F) +
            (F.Module.empty() ? "" : " " + moduleText(F.Module, F.Offset)) +
            "\n";
  }
  return Text + "\n";
}

std::string tsanStack(StackRef Stack) {
  Frames All = interceptorFrame(Stack), Rest = symbolize(Stack);
  All.insert(All.end(), Rest.begin(), Rest.end());
  return tsanStack(All);
}

std::string tsanThread(const StrandInfo &Who) {
  if (Who.Id == 1)
    return "";
  std::string Text = "  " + tsanStrand(Who.Id, Who.IsGoroutine);
  Text[2] = char(toupper(Text[2]));
  if (Who.Name && *Who.Name)
    Text += format(" '%s'", Who.Name);
  const char *State = Who.Finished ? "finished" : "running";
  Text += Who.IsGoroutine ? format(" (%s) created", State)
                          : format(" (tid=%u, %s) created", Who.OsId, State);
  // A goroutine's parent is a goroutine, or the thread that started them all.
  if (Who.ParentId)
    Text +=
        " by " + tsanStrand(Who.ParentId, Who.IsGoroutine && Who.ParentId != 1);
  return Text + " at:\n" +
         (Who.IsGoroutine ? tsanStack(makeSide("", Who, {}).SpawnStack)
                          : tsanStack(Who.CreationStack));
}

std::string tsanLocation(const Location &L, uintptr_t Addr) {
  uintptr_t Begin = Addr - L.Offset;
  std::string Text = "  Location is ", Owner;
  Owner = tsanStrand(L.OwnerId, L.OwnerIsGoroutine);
  switch (L.Kind) {
  case LocationKind::Global:
    return Text + "global '" + L.Name + "' " +
           (L.Size ? format("of size %zu ", L.Size) : "") + "at " +
           addressText(Begin) + " " +
           moduleText(L.Declared.Module, L.Declared.Offset) + "\n\n";
  case LocationKind::Heap:
  case LocationKind::FreedHeap:
    return Text + format("heap block of size %zu at ", L.Size) +
           addressText(Begin) + " allocated by " + Owner + ":\n" +
           tsanStack(L.AllocatedAt);
  case LocationKind::Stack:
    return Text + "stack of " + Owner + ".\n\n";
  case LocationKind::ThreadLocal:
    return Text + "TLS of " + Owner + ".\n\n";
  case LocationKind::File:
    return Text + "file descriptor " + L.Name + " created by " +
           (L.OwnerId ? Owner : "an unknown thread") + " at:\n" +
           tsanStack(L.AllocatedAt);
  case LocationKind::Unknown:
    break;
  }
  return "";
}

std::string tsanBegin(const std::string &Title) {
  return "==================\nWARNING: ThreadSanitizer: " + Title +
         format(" (pid=%d)\n", int(getpid()));
}

std::string tsanEnd(const std::string &Title, const Frames &Stack) {
  std::string Text;
  if (const Frame *F = userFrame(Stack)) {
    Text = "SUMMARY: ThreadSanitizer: " + Title + " " +
           (F->File.empty() ? moduleText(F->Module, F->Offset) : fileText(*F));
    if (!F->Function.empty())
      Text += " in " + F->Function;
    Text += "\n";
  }
  return Text + "==================\n";
}

std::string TsanMutexes::name(const void *Mutex, StackRef Made) {
  size_t I = 0;
  while (I < All.size() && All[I].Mutex != Mutex)
    ++I;
  if (I == All.size())
    All.push_back({Mutex, Made});
  return format("M%zu", I);
}

std::string TsanMutexes::describe() const {
  std::string Text;
  for (size_t I = 0; I < All.size(); ++I)
    Text += format("  Mutex M%zu (", I) +
            addressText(reinterpret_cast<uintptr_t>(All[I].Mutex)) +
            ") created at:\n" + tsanStack(All[I].Made);
  return Text;
}

std::string TsanMutexes::held(const AccessInfo &A) {
  std::string Text;
  for (size_t I = 0; I < A.LockCount; ++I)
    Text += (I ? ", " : " (mutexes: ") +
            std::string(A.Locks[I].Exclusive ? "write " : "read ") +
            name(A.Locks[I].Lock, A.Locks[I].Made);
  return Text.empty() ? "" : Text + ")";
}

} // namespace heddle
