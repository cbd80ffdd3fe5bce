// What was released at one address, and who holds the lock there.
//
// The variables of 8 bytes of memory hang in a list whose head is an id in a
// sparse table, 32 bits for each 8 bytes; a summary byte for each 4 KiB tells
// whether any is there.
//
// Invariants:
// - A variable's address changes only under its lock and the table's (bucket)
//   lock; whoever has locked it looks at the address again.
// - Sequence is odd while a strand holds the variable, and grows.
#ifndef HEDDLE_SYNC_SYNCVAR_H
#define HEDDLE_SYNC_SYNCVAR_H

#include "base/Pool.h"
#include "event/StrandData.h"

namespace heddle {

class HEDDLE_CAPABILITY("synchronisation object") SyncVar {
public:
  void lock() HEDDLE_ACQUIRE() {
    for (unsigned Round = 0;; ++Round) {
      uint32_t Old = Sequence.load(std::memory_order_relaxed);
      // Ordering: acquire pairs with the release in unlock().
      if (!(Old & 1) && Sequence.compare_exchange_weak(
                            Old, Old + 1, std::memory_order_acquire,
                            std::memory_order_relaxed))
        return;
      spinPause(Round);
      if (__builtin_expect((Old & 1) && isAbandoned(Round), false))
        return;
    }
  }
  void unlock() HEDDLE_RELEASE() {
    Sequence.store(Sequence.load(std::memory_order_relaxed) + 1,
                   std::memory_order_release);
  }

  std::atomic<uint32_t> Sequence;
  uint32_t Next;                  // of the same 8 bytes
  std::atomic<uintptr_t> Address; // 0: free
  Knowledge Clock;                // all that was released here
  Strand *Owner;                  // who holds it exclusively, or null
  union {
    uint32_t OwnerPlace; // where it was taken; of a lock with an owner
    uint32_t LastSet;  // of one without: what it was last held in, 0 if unknown
    uint32_t FreeLink; // in the pool
  };
  uint32_t MadePlace; // of the lock: initialisation or first use
  uint32_t LockFlags; // of an annotated lock: see abi/tsan/
  uint32_t OrderNode; // see detect/LockOrder.h
};
static_assert(sizeof(SyncVar) == 64);

bool initSyncVars();
void leaveSyncVars(uint32_t Count); // see detect/Presets.h

struct SyncVarTable {
  static Pool<SyncVar> Vars;

  static std::atomic<uint32_t> &headAt(uintptr_t Addr) {
    return *reinterpret_cast<std::atomic<uint32_t> *>(
        HEDDLE_SYNC_BASE + (Addr & HEDDLE_APP_MASK) / 2);
  }
  static SyncVar *findFrom(uint32_t Id, uintptr_t Addr) {
    for (; Id; Id = Vars.at(Id)->Next)
      if (Vars.at(Id)->Address.load(std::memory_order_relaxed) == Addr)
        return Vars.at(Id);
    return nullptr;
  }
  // Null only when memory is out.
  static SyncVar *insert(uintptr_t Addr);
};

// The variable at Addr, null if there is none.
inline SyncVar *findSyncVar(const void *Addr) {
  auto A = reinterpret_cast<uintptr_t>(Addr);
  // Ordering: acquire pairs with the release in insert().
  uint32_t Id = SyncVarTable::headAt(A).load(std::memory_order_acquire);
  return Id ? SyncVarTable::findFrom(Id, A) : nullptr;
}

// Locks the variable at Addr; null if there is none (and Make is false).
class HEDDLE_SCOPED_CAPABILITY LockedSyncVar {
public:
  LockedSyncVar(const void *Addr, bool Make) HEDDLE_NO_THREAD_SAFETY {
    auto A = reinterpret_cast<uintptr_t>(Addr);
    for (;;) {
      Var = findSyncVar(Addr);
      if (!Var && Make)
        Var = SyncVarTable::insert(A);
      if (!Var)
        return;
      Var->lock();
      if (Var->Address.load(std::memory_order_relaxed) == A)
        return;
      Var->unlock();
    }
  }
  ~LockedSyncVar() HEDDLE_NO_THREAD_SAFETY {
    if (Var)
      Var->unlock();
  }
  LockedSyncVar(const LockedSyncVar &) = delete;
  LockedSyncVar &operator=(const LockedSyncVar &) = delete;
  explicit operator bool() const { return Var; }
  SyncVar *operator->() const { return Var; }
  SyncVar *get() const { return Var; }

private:
  SyncVar *Var;
};

void lockSyncVars(); // around fork
void unlockSyncVars();

// Variables that exist, for the summary and tests.
uint32_t syncVarsInUse();

} // namespace heddle
#endif
