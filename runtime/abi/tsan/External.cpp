// Objects of libraries that are not instrumented: the library says when its
// caller reads or writes one, and what to call it.
//
// A tag is the kind of the access's place, so the report knows it however old
// the access is.
#include "abi/tsan/Hook.h"
#include "detect/ExternalTags.h"

using namespace heddle;

static void noteExternal(const void *Addr, void *CallerPc, void *Tag,
                         EpochWord Kind, uintptr_t Pc, const void *Frame) {
  Strand &S = callingStrand();
  if (S.IgnoreDepth)
    return;
  // The caller, in whose code the mistake is, stands first.
  auto User = CallerPc ? reinterpret_cast<uintptr_t>(CallerPc) : Pc;
  recordRange(S, reinterpret_cast<uintptr_t>(Addr), 1, Kind,
              placeOfAccess(S, callingContext(), User,
                            externalKind(reinterpret_cast<uintptr_t>(Tag)),
                            Frame));
}

HEDDLE_EXPORT void *__tsan_external_register_tag(const char *ObjectType) {
  return reinterpret_cast<void *>(addExternalTag(ObjectType));
}

HEDDLE_EXPORT void __tsan_external_register_header(void *Tag,
                                                   const char *Header) {
  setExternalTitle(reinterpret_cast<uintptr_t>(Tag), Header);
}

// The report names an object by the tag of its accesses.
HEDDLE_EXPORT void __tsan_external_assign_tag(void *, void *) {}

HEDDLE_EXPORT void __tsan_external_read(void *Addr, void *CallerPc, void *Tag) {
  noteExternal(Addr, CallerPc, Tag, 0, HEDDLE_CALLER);
}

HEDDLE_EXPORT void __tsan_external_write(void *Addr, void *CallerPc,
                                         void *Tag) {
  noteExternal(Addr, CallerPc, Tag, kWriteBit, HEDDLE_CALLER);
}
