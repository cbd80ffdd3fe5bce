// What an interceptor remembers of objects of one kind, by their addresses.
//
// Thread safety: all functions but apply may be called by any thread at any
// time; apply holds the table's lock while it calls.
#ifndef HEDDLE_INTERCEPT_OBJECTTABLE_H
#define HEDDLE_INTERCEPT_OBJECTTABLE_H

#include "base/Arena.h"
#include "base/SpinLock.h"

namespace heddle {

template <class Value> class ObjectTable {
public:
  // Calls With(V) with what is remembered of Object, or with null.
  template <class Function> void apply(const void *Object, Function With) {
    Turn Hold(Lock);
    Entry *E = *find(Object);
    With(E ? &E->Kept : nullptr);
  }
  // The same; what was never remembered begins with Value().
  template <class Function> void make(const void *Object, Function With) {
    Turn Hold(Lock);
    Entry **At = find(Object);
    if (!*At)
      *At = arenaNew<Entry>(Entry{nullptr, Object, Value()});
    if (*At)
      With((*At)->Kept);
  }
  void remove(const void *Object) {
    if (isEmpty(Object))
      return;
    Turn Hold(Lock);
    Entry **At = find(Object), *Gone = *At;
    if (!Gone)
      return;
    *At = Gone->Next;
    arenaDelete(Gone);
  }
  // True for sure if nothing is remembered of Object.
  bool isEmpty(const void *Object) {
    return !__atomic_load_n(&bucket(Object), __ATOMIC_RELAXED);
  }

private:
  struct Entry {
    Entry *Next;
    const void *Object;
    Value Kept;
  };

  // Nobody holds the lock across a fork: see isAbandoned.
  struct Turn {
    explicit Turn(SpinLock &L) HEDDLE_NO_THREAD_SAFETY : Taken(L) {
      for (unsigned Round = 0; !L.tryLock() && !isAbandoned(Round); ++Round)
        spinPause(Round);
    }
    ~Turn() HEDDLE_NO_THREAD_SAFETY { Taken.unlock(); }
    SpinLock &Taken;
  };

  Entry *&bucket(const void *Object) {
    return Buckets[reinterpret_cast<uintptr_t>(Object) / 16 % kBuckets];
  }
  Entry **find(const void *Object) {
    Entry **At = &bucket(Object);
    while (*At && (*At)->Object != Object)
      At = &(*At)->Next;
    return At;
  }

  static constexpr size_t kBuckets = 256;
  SpinLock Lock;
  Entry *Buckets[kBuckets] = {};
};

} // namespace heddle
#endif
