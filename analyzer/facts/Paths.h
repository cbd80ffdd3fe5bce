// Objects and access paths: how an expression names a piece of memory.
//
// An object is a variable, a parameter, `*this`, the copy that a closure keeps.
// A path is an object followed by fields, dereferences and indices. Paths are
// interned: equal ids, equal paths. Deref(Address(p)) is p.
#ifndef HEDDLE_FACTS_PATHS_H
#define HEDDLE_FACTS_PATHS_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace heddle {

constexpr uint32_t kNone = ~uint32_t(0);
using PathId = uint32_t;
using ObjectId = uint32_t;

// What the models say a type is.
enum class TypeRole : uint8_t {
  Plain,
  Channel,
  WaitGroup,
  Mutex,
  RWMutex,
  RecursiveMutex,
  Guard,
  Cond,
  Once,
  Semaphore,
  Barrier,
  Event,
  Thread,
  Future,
  Promise,
  Atomic,
  Container,
  Pointer,
  SharedPointer,
  UniquePointer,
  Context,
  Timer,
  Callable,
  Scope,
};

struct Object {
  enum Kind : uint8_t {
    Local,
    Param,
    Global,
    StaticLocal,
    This,
    CaptureCopy,
    Temporary,
    Heap,
    Unknown // something that this unit cannot name; never equal to another
  } K = Unknown;
  std::string Name;
  std::string Type; // as written, short
  std::string Usr;  // of static storage: the same in every translation unit
  TypeRole Role = TypeRole::Plain;
  bool Handle = false;    // copies share the state
  bool Reference = false; // parameter bound to an object of the caller
  bool Const = false;
  bool ThreadLocal = false;
  bool External = false;    // other files may name it by its Usr
  bool Defined = false;     // by this unit; false: declared only
  bool EachDefines = false; // inline: one object, however many define it
  bool Escapes = false;     // address given to code that is not visible
  bool Assigned = false;    // changed after its initialisation
  bool CapturedByRef = false;
  bool LoopVariable = false; // of a for statement
  bool Returned = false;     // stands for what its function returns
  uint32_t Mentions = 0;     // of a variable, after its declaration
  uint32_t Owner = kNone;    // FunctionId; kNone for globals
  uint32_t Loop = kNone;     // LoopId in Owner: one object per round
  uint32_t Source = kNone;   // CaptureCopy: PathId that was copied
  uint32_t File = kNone, Line = 0, Col = 0; // its declaration
};

enum class StepKind : uint8_t { Root, Field, Deref, Address, Index };

struct Path {
  StepKind Kind = StepKind::Root;
  PathId Parent = kNone;   // kNone for Root
  ObjectId Object = kNone; // of Root, the same for all steps behind it
  std::string Label; // Field: name. Index: "3", a symbol such as "i#7", ""
  std::string Class; // Field: the class that declares it
  TypeRole Role = TypeRole::Plain; // of what the path names
  bool Handle = false;
};

class PathTable {
public:
  ObjectId addObject(Object O);
  PathId root(ObjectId O);
  // Extends `Base`. Role, Handle and Class are those of the result; they are
  // kept from the first time that the path is seen.
  PathId extend(PathId Base, StepKind K, std::string_view Label = {},
                TypeRole Role = TypeRole::Plain, bool Handle = false,
                std::string_view Class = {});
  // The path `P` with its prefix `From` replaced by `To`; P itself if From is
  // no prefix of it.
  PathId rebase(PathId P, PathId From, PathId To);

  const Object &object(ObjectId O) const { return Objects[O]; }
  Object &object(ObjectId O) { return Objects[O]; }
  const Path &path(PathId P) const { return Table[P]; }
  const Object &rootObject(PathId P) const { return Objects[Table[P].Object]; }
  bool isPrefix(PathId Prefix, PathId P) const;
  // An index whose value is not known lies on the way.
  bool isVague(PathId P) const;
  // What the member is in all objects of its class: "Cache::Entries[]"; empty
  // for what is no member.
  std::string memberName(PathId P) const;
  // As the user would write it: "cache.entries", "p->m", "slots[i]".
  std::string spell(PathId P) const;

  size_t objects() const { return Objects.size(); }
  size_t size() const { return Table.size(); }

private:
  PathId intern(Path P);

  std::vector<Object> Objects;
  std::vector<Path> Table;
  std::map<std::tuple<StepKind, PathId, ObjectId, std::string>, PathId> Index;
};

} // namespace heddle

#endif
