// oneTBB's scheduler, which lies in a shared library that is not instrumented:
// a spawn happens before the task's execution, and the end of the work that a
// wait context counts happens before the wait for it returns.
//
// The library calls a task's execute() from its own code. So that the strand
// that runs a task learns what its spawner knew, spawning exchanges the task's
// table of virtual functions for a copy whose execute() and cancel() first put
// the table back and acquire the task's clock. The counts of wait contexts are
// atomics of the headers, and so are instrumented already; only the library's
// own look at them is not.
//
// Invariants:
// - A task has a copied table only between its spawn and its execution.
// - Copies are never freed; one per class of tasks.
#include "base/SpinLock.h"
#include "intercept/Interceptor.h"

using namespace heddle;

// Declares and names one function of the library's interface; Name is mangled,
// behind tbb::detail::r1::.
#define TBB(Result, Function, Name, ...)                                       \
  HEDDLE_EXPORT Result Function(__VA_ARGS__) __asm__(                          \
      "_ZN3tbb6detail2r1" Name);                                               \
  static constinit Real<Result(__VA_ARGS__)> Real##Function(                   \
      "_ZN3tbb6detail2r1" Name);

namespace {

using TaskFunction = void *(void *Task, void *ExecutionData);

// A table as the Itanium ABI lays it out, after the address of the original.
// An object points to Destroy.
struct TaskTable {
  TaskTable *Original; // as an object's pointer would be
  void *OffsetToTop, *TypeInfo;
  void *Destroy, *DestroyAndDelete;
  TaskFunction *Execute, *Cancel;
};
constexpr size_t kToFunctions = offsetof(TaskTable, Destroy);

TaskTable *tableOf(void *Task) {
  return reinterpret_cast<TaskTable *>(*static_cast<char **>(Task) -
                                       kToFunctions);
}
void setTable(void *Task, TaskTable *T) {
  *static_cast<char **>(Task) = reinterpret_cast<char *>(T) + kToFunctions;
}

// Puts the task's own table back and returns it.
TaskTable *begin(void *Task) {
  TaskTable *Own = tableOf(Task)->Original;
  setTable(Task, Own);
  if (watching())
    syncAcquire(currentStrand(), Task);
  return Own;
}
void *executeSpawned(void *Task, void *Data) {
  return begin(Task)->Execute(Task, Data);
}
void *cancelSpawned(void *Task, void *Data) {
  return begin(Task)->Cancel(Task, Data);
}

// Classes of tasks are as many as instantiations of TBB's templates; those
// beyond the room keep their table, and their spawns give no edge.
constexpr size_t kMaxClasses = 1024;
TaskTable Tables[kMaxClasses];
size_t TableCount;
SpinLock TablesLock;

TaskTable *copyOf(TaskTable *Own) {
  SpinLockHolder Hold(TablesLock);
  for (size_t I = 0; I < TableCount; ++I)
    if (Tables[I].Original == Own)
      return &Tables[I];
  if (TableCount == kMaxClasses)
    return Own;
  TaskTable &Copy = Tables[TableCount++];
  Copy.Original = Own;
  Copy.OffsetToTop = Own->OffsetToTop;
  Copy.TypeInfo = Own->TypeInfo;
  Copy.Destroy = Own->Destroy;
  Copy.DestroyAndDelete = Own->DestroyAndDelete;
  Copy.Execute = executeSpawned;
  Copy.Cancel = cancelSpawned;
  return &Copy;
}

bool isCopy(const TaskTable *T) {
  return T >= Tables && T < Tables + kMaxClasses;
}

void spawning(void *Task) {
  if (!watching())
    return;
  syncReleaseStore(currentStrand(), Task);
  if (TaskTable *Own = tableOf(Task); !isCopy(Own))
    setTable(Task, copyOf(Own));
}

// The count of a wait context, 8 bytes into it.
void waited(void *WaitContext) {
  if (watching())
    syncAcquire(currentStrand(), static_cast<char *>(WaitContext) + 8);
}

// The pool hands out what another thread may have given back to it.
void *newLife(void *Block, size_t Size) {
  if (watching()) {
    forgetAccesses(Block, Size);
    syncForget(Block, Size);
  }
  return Block;
}

} // namespace

TBB(void, tbbSpawn, "5spawnERNS0_2d14taskERNS2_18task_group_contextE", void *,
    void *)
void tbbSpawn(void *Task, void *Group) {
  spawning(Task);
  RealtbbSpawn(Task, Group);
}

TBB(void, tbbSpawnTo, "5spawnERNS0_2d14taskERNS2_18task_group_contextEt",
    void *, void *, unsigned short)
void tbbSpawnTo(void *Task, void *Group, unsigned short Slot) {
  spawning(Task);
  RealtbbSpawnTo(Task, Group, Slot);
}

TBB(void, tbbSubmit,
    "6submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm", void *,
    void *, void *, uintptr_t)
void tbbSubmit(void *Task, void *Group, void *Arena, uintptr_t AsCritical) {
  spawning(Task);
  RealtbbSubmit(Task, Group, Arena, AsCritical);
}

TBB(void, tbbEnqueue, "7enqueueERNS0_2d14taskEPNS2_15task_arena_baseE", void *,
    void *)
void tbbEnqueue(void *Task, void *Arena) {
  spawning(Task);
  RealtbbEnqueue(Task, Arena);
}

TBB(void, tbbEnqueueIn,
    "7enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE",
    void *, void *, void *)
void tbbEnqueueIn(void *Task, void *Group, void *Arena) {
  spawning(Task);
  RealtbbEnqueueIn(Task, Group, Arena);
}

TBB(void, tbbExecuteAndWait,
    "16execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_"
    "contextES6_",
    void *, void *, void *, void *)
void tbbExecuteAndWait(void *Task, void *Group, void *Wait, void *WaitGroup) {
  spawning(Task);
  RealtbbExecuteAndWait(Task, Group, Wait, WaitGroup);
  waited(Wait);
}

TBB(void, tbbWait, "4waitERNS0_2d112wait_contextERNS2_18task_group_contextE",
    void *, void *)
void tbbWait(void *Wait, void *Group) {
  RealtbbWait(Wait, Group);
  waited(Wait);
}

TBB(void *, tbbAllocate, "8allocateERPNS0_2d117small_object_poolEm", void *,
    size_t)
void *tbbAllocate(void *Pool, size_t Size) {
  return newLife(RealtbbAllocate(Pool, Size), Size);
}

TBB(void *, tbbAllocateIn,
    "8allocateERPNS0_2d117small_object_poolEmRKNS2_14execution_dataE", void *,
    size_t, const void *)
void *tbbAllocateIn(void *Pool, size_t Size, const void *Data) {
  return newLife(RealtbbAllocateIn(Pool, Size, Data), Size);
}
