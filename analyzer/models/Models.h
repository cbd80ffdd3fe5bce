// What the calls and types of libraries mean, as data.
//
// A ModelSet is filled from YAML files: the built-in ones, which are compiled
// in, then the user's. A later entry replaces an earlier one with the same name
// and the same `params`. What cannot be understood is a diagnostic with file,
// line and column, and the rest of the file still counts.
#ifndef HEDDLE_MODELS_MODELS_H
#define HEDDLE_MODELS_MODELS_H

#include "facts/Paths.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

enum class Effect : uint8_t {
  None,
  Spawn,
  Join,
  Detach,
  Calls,
  Once,
  Defer,
  LockMake,
  Acquire,
  Release,
  GuardBind,
  GuardLock,
  GuardUnlock,
  GuardRelease,
  GuardTest,
  ChanMake,
  ChanNil, // makes a channel that is none
  Send,
  Recv,
  Close,
  Select,
  CaseRecv,
  CaseSend,
  CaseTimer,
  CaseDefault,
  WgAdd,
  WgDone,
  WgWait,
  EventSet,
  EventWait,
  BarrierWait,
  SemMake,
  SemAcquire,
  SemRelease,
  CvWait,
  CvNotify,
  CancelMake,
  Cancel,
  TimerMake,
  TimerStop,
  Sleep,
  Yield,
  PoolPut,
  Blocks,
  NoReturn,
  ContainerRead,
  ContainerWrite,
  ContainerIterate,
  AtomicRead,
  AtomicWrite,
  AtomicUpdate,
  Bind,      // makes a callable of a callable and arguments
  Construct, // makes an object of its first template argument's type
  Identity,  // returns its object, or a pointer or reference to it
  Element,   // returns an element of its object
  Member,    // returns a part that belongs to its object, as ctx.done()
  Output,    // writes what others can see, and waits for nobody
  Pure,
};

// Where in a call something stands.
struct ArgRef {
  enum Kind : uint8_t { Nothing, This, Arg, Result, Number } K = Nothing;
  int64_t Index = 0; // Arg: from 0. Number: the value
  bool Rest = false; // args(n): this one and all behind it
};

struct FunctionModel {
  std::string Name;
  std::vector<std::string> Params; // type names; "_" is any, "..." any rest
  bool HasParams = false;
  Effect What = Effect::None;
  ArgRef Object;       // default: this for methods, arg(0) for functions
  ArgRef Task;         // Spawn, Calls, Once: what runs. CvWait: the predicate
  ArgRef TaskArgs;     // Spawn: its arguments
  ArgRef Count;        // capacity, amount
  ArgRef Handle;       // Spawn: thread or future; default: the result
  ArgRef Lock;         // GuardBind, CvWait
  std::string Joins;   // none, handle, auto, counted, here
  std::string Acquire; // GuardBind: yes, no, adopt, try
  bool Shared = false, Try = false, Timed = false, All = false;
  bool ZeroIsSuccess = false;  // the result 0 means that a Try succeeded
  bool Cooperative = false;    // Spawn: runs in turns on the spawner's thread
  bool Unwinds = false;        // NoReturn: destructors run on the way out
  bool ClosedIsStatus = false; // Send, Close: a closed channel is no error
  std::string AtExit;  // WgDone: text that has it run at the end of its scope;
                       // $ stands for the call
  bool Result = false; // Boolean result tells how the operation went
  bool ReturnsElement = false; // containers: the result names an element
  bool MakesElement = false; // containers: an element is made of the arguments
  bool Decides = false;      // containers: looks first what is there
};

struct TypeModel {
  std::string Name;
  TypeRole Role = TypeRole::Plain;
  bool Handle = false;     // copies share their state
  bool Shared = false;     // guards: reader side
  bool JoinsAtEnd = false; // threads, futures: the destructor waits
  bool CancelsAtEnd = false;
  bool AbortsAtEnd = false; // threads: the destructor ends the program
  bool MayNest = false;     // locks: recursion is chosen at run time
  bool ReadersNest = false; // a reader may become one again
  bool Whole = false;       // several words that its methods use as one value
  std::vector<std::string> Read, Write, Iterate; // methods of containers
  std::vector<std::string> Elements;   // methods that return an element
  std::vector<std::string> Constructs; // that make an element of arguments
  std::vector<std::string> Decides; // writes that look first what is there
};

struct ModelDiagnostic {
  std::string File;
  unsigned Line = 0, Column = 0;
  std::string Message;
  bool Fatal = false; // the file could not be read to its end
};

class ModelSet {
public:
  // The models that are compiled in. Diagnostics here are a defect of Heddle
  // and are kept like any others.
  static const ModelSet &builtin();

  // Adds one file's entries.
  void add(std::string_view Yaml, std::string_view FileName);
  // Reads and adds a file; false if it cannot be read.
  bool addFile(const std::string &FileName);

  // The entries for a function, best match last; empty if there are none.
  const std::vector<FunctionModel> *functions(std::string_view Name) const;
  const TypeModel *type(std::string_view Name) const;
  // Some model's name ends in "::Last" or is "Last".
  bool knowsLast(std::string_view Last) const;

  const std::vector<ModelDiagnostic> &diagnostics() const { return Problems; }
  std::vector<std::string> libraries() const { return Libraries; }
  size_t functionCount() const { return Functions.size(); }
  size_t typeCount() const { return Types.size(); }

private:
  void addFunction(FunctionModel M);
  void addType(TypeModel M);

  std::map<std::string, std::vector<FunctionModel>, std::less<>> Functions;
  std::map<std::string, TypeModel, std::less<>> Types;
  std::map<std::string, bool, std::less<>> Last;
  std::vector<ModelDiagnostic> Problems;
  std::vector<std::string> Libraries;
};

// Reads each file on top of the built-in models and returns what is wrong in
// it: unknown keys, kinds and effects, malformed YAML. Used by
// `heddle models --check`.
std::vector<ModelDiagnostic> checkModels(const std::vector<std::string> &Files);

} // namespace heddle

#endif
