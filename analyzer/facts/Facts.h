// What the source says about concurrency, per function, as plain data.
//
// A Unit is one translation unit. Everything is an index into a table of the
// Unit, kNone where there is nothing. No Clang or LLVM header is needed.
//
// Invariants: Function::Ops are stored block by block in order of evaluation;
// Block::First..Last is a half-open range in it. Two paths name the same object
// in one function exactly if their ids are equal: references, captures by
// reference, `this` captures and never-reassigned aliases are resolved to what
// they refer to. Copies of handle types (channels, shared_ptr, models with
// `handle: true`) are resolved to the original.
#ifndef HEDDLE_FACTS_FACTS_H
#define HEDDLE_FACTS_FACTS_H

#include "facts/Paths.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

using FunctionId = uint32_t;
using BlockId = uint32_t;
using OpId = uint32_t; // index in Function::Ops
using CondId = uint32_t;
using LoopId = uint32_t;

struct SourceFile {
  std::string Path;      // as the compiler was given it
  std::string_view Text; // whole file; valid while checks run
};

// A piece of source text. Line and Col count from 1, offsets from 0.
struct Range {
  uint32_t File = kNone;
  uint32_t Line = 0, Col = 0;
  uint32_t EndLine = 0, EndCol = 0; // one past the last character
  uint32_t Begin = 0, End = 0;      // offsets, for fix-its
  bool InMacro = false;             // no fix-it may touch it

  bool valid() const { return File != kNone; }
};

// How many: a constant, an expression that has one value everywhere it occurs
// (equal keys are equal amounts), or not known.
struct Amount {
  enum Kind : uint8_t { Unknown, Constant, Symbolic } K = Unknown;
  int64_t Value = 0;
  std::string Key; // such as "ids#4.size()"; #4 is the PathId of ids

  static Amount of(int64_t V) { return {Constant, V, {}}; }
  bool is(int64_t V) const { return K == Constant && Value == V; }
};

// What a branch depends on. Equal ids choose equally, in every strand, if
// Stable; otherwise the id only links the edges of one branch.
struct Condition {
  enum Kind : uint8_t {
    Opaque,      // anything: both ways possible
    Pure,        // side-effect free; Key identifies it
    Constant,    // Value, such as while (true)
    OpResult,    // the Boolean result of operation Op of function Function:
                 // trySend, tryRecv, recvOk, try_lock, ...
    SelectIndex, // the case that select operation Op of Function took; edges
                 // are Case and Default
    ErrorResult, // true: call or receive gave an error (as OpResult, inverted)
  } K = Opaque;
  bool Stable = false;
  bool Value = false;
  std::string Key;  // canonical text, e.g. "n#3 > 0"
  std::string Text; // as written
  FunctionId Function = kNone;
  OpId Op = kNone;
};

struct Edge {
  BlockId To = kNone;
  enum Kind : uint8_t { Always, IfTrue, IfFalse, Case, Default } K = Always;
  CondId Cond = kNone;
  std::vector<int64_t> Values; // of Case
  bool Exceptional = false;    // throw or catch
};

struct Block {
  OpId First = 0, Last = 0;
  std::vector<Edge> Succs;
  std::vector<BlockId> Preds;
  LoopId Loop = kNone; // innermost
  bool Works = false;  // changes variables that no operation tells of
  // Of a branch: what it is computed from, the values of local variables that
  // it mentions included.
  std::vector<Range> Decides;
};

struct Loop {
  LoopId Parent = kNone;
  BlockId Header = kNone;
  std::vector<BlockId> Blocks; // header and inner loops included
  Amount Bound;                // how often the body runs, if known
  PathId Over = kNone;         // range-for: the container or channel
  ObjectId Counter = kNone;    // for: the induction variable
  Range Where;
};

enum class OpKind : uint8_t {
  // strands
  Spawn,
  Join,
  Detach,
  ThreadEnd, // a destructor that ends the program if Object was not joined
  Call,
  Link, // a construction or destruction that another file holds the body of;
        // nothing, unless the files are joined
  Once,
  // channels
  ChanMake,
  Send,
  Recv,
  Close,
  Select,
  ChanNil, // Object is a channel that was never made
  // counters: wait groups, latches; events and barriers
  WgAdd,
  WgDone,
  WgWait,
  EventSet,
  EventWait,
  BarrierWait,
  // locks; semaphores
  Acquire,
  Release,
  LockMake,   // Count is 0 if it cannot be taken again by its holder
  GuardEmpty, // Object is a guard that was given no lock
  SemAcquire,
  SemRelease,
  // condition variables
  CvWait,
  CvNotify,
  // contexts, timers, time
  CancelMake,
  Cancel,
  TimerMake,
  TimerStop,
  Sleep,
  Yield,
  Suspend, // co_await, co_yield: may go on in another thread
  Blocks,
  // memory
  PoolPut, // Object goes back to the pool in Args[0]
  ContainerRead,
  ContainerWrite,
  ContainerIterate,
  Read,
  Write,
  AtomicRead,
  AtomicWrite,
  AtomicUpdate,
  Store,   // Object, which others may find later, gets what Args[0] holds, or
           // the callable ArgBodies[0]
  Alias,   // Object takes over what Args[0] holds (thread, guard) or refers to
  Escape,  // Object became known to code that is not visible here
  Destroy, // the lifetime of local Object ends
  // exits
  Return,
  Throw,
  NoReturn,
};

// Changes the memory of Op::Object.
constexpr bool isWrite(OpKind K) {
  return K == OpKind::Write || K == OpKind::AtomicWrite ||
         K == OpKind::AtomicUpdate || K == OpKind::ContainerWrite;
}

enum class JoinPolicy : uint8_t {
  None,    // fire and forget
  Handle,  // std::thread: joined through Handle, not by its destructor
  Auto,    // std::jthread, std::async: the destructor of Handle joins
  Counted, // wg.go(f): added to Object before, done after, by construction
  Here,    // has ended when the operation returns: parallel algorithms
};

struct SelectCase {
  enum Kind : uint8_t { Recv, Send, Timer, Default, Unknown } K = Unknown;
  PathId Channel = kNone;
  Range Where;
};

// One operation. Fields beyond Kind, Where and Object apply to the kinds named.
struct Op {
  OpKind Kind = OpKind::Call;
  Range Where;           // the expression
  Range Statement;       // the full statement around it, ';' included, or none
  PathId Object = kNone; // channel, wait group, lock, container, variable;
                         // Spawn: see Policy
  PathId This = kNone;   // Spawn, Call: the object of a method
  std::vector<PathId>
      Args; // Call, Spawn, Once: values bound to Params in order
  std::vector<FunctionId> ArgBodies; // callables among Args, or kNone
  FunctionId Callee = kNone;  // Call, Spawn, Once, CvWait: body, if visible
  uint32_t Elsewhere = kNone; // else: index in Unit::Elsewhere
  std::vector<uint32_t> ArgsElsewhere; // callables among Args, as Elsewhere
  uint32_t Guesses = 0; // so many operations in front are what a body that is
                        // not visible is taken to do
  PathId CalleeValue = kNone; // else: the variable that holds the callable
  std::string Name;           // Call, Spawn: callee as a reader knows it
  JoinPolicy Policy = JoinPolicy::None; // Spawn
  PathId Handle = kNone;    // Spawn: thread, future; Join: equals Object
  Amount Count;             // ChanMake capacity, WgAdd amount, SemMake, ...
  bool Deferred = false;    // runs at scope exit (go::Defer, destructor)
  bool Implicit = false;    // not written by the user: destructor, conversion
  bool Try = false;         // does not block; success is an OpResult condition
  bool Timed = false;       // may give up after a time
  bool Shared = false;      // Acquire, Release: reader side
  bool IfHeld = false;      // Release by the end of a guard's life
  bool Recursive = false;   // Acquire: the lock may be taken again
  bool MayNest = false;     // Acquire: whether it may is chosen at run time
  bool Adopt = false;       // Acquire: held already, now by Guard
  bool Together = false;    // Acquire: with the one before, free of deadlock
  bool Ready = false;       // CvWait: has a predicate (Callee if visible)
  bool CanTest = false;     // CvWait: the call can be given a predicate
  bool Trivial = false;     // Destroy: no destructor runs
  bool Wide = false;    // Read, Write: of several words, as a whole
  bool Decides = false; // ContainerWrite: does nothing if it is done already
  bool Cooperative = false; // Spawn: in turns with its spawner, same thread
  bool All = false;         // CvNotify: notify_all. TimerMake: again and again
  bool Unwinds = false;     // NoReturn: destructors run on the way out
  bool MayBeClosed = false; // Send, Close: a closed channel is no error
  bool Unnamed = false;  // the result is dropped: future or guard dies at once
  PathId Result = kNone; // variable initialised by it (ChanMake, Spawn, Call)
  PathId Guard = kNone;  // Acquire, Release: guard object that does it
  PathId Needs = kNone;  // the lock that Object was declared to be guarded by
  std::vector<SelectCase> Cases; // Select
  std::string Remedy; // text for fix-its. ChanMake: the method that closes;
                      // WgDone: how it runs at the end, $ stands for the call
  std::string Model;  // the model entry that said so, e.g. "go::Chan::send"
};

enum class FunctionKind : uint8_t {
  Free,
  Method,
  Constructor,
  Destructor,
  Lambda
};

struct Capture {
  ObjectId Variable = kNone; // of an enclosing function; kNone for init-capture
  ObjectId Copy = kNone;     // by value: the object inside the closure
  PathId Source = kNone;     // what it was made from, in the terms of Parent
  bool ByReference = false;
  bool IsThis = false;
  std::string Name;
  Range Where;
};

struct Function {
  FunctionKind Kind = FunctionKind::Free;
  std::string Usr;           // the same in every translation unit
  std::string Name;          // as a reader knows it: "Pool::run", "lambda"
  Range Where;               // the whole definition
  Range Body;                // between the braces, inclusive
  FunctionId Parent = kNone; // lambdas: where the closure is made
  std::vector<ObjectId> Params;
  ObjectId This = kNone; // methods: the object itself, not the pointer
  std::vector<Capture> Captures;
  std::vector<Op> Ops;
  std::vector<Block> Blocks;
  std::vector<Loop> Loops;
  BlockId Entry = kNone, Exit = kNone;
  bool InMainFile = false;
  bool External = false; // can be called from other files
  bool Public = false;   // methods: public access
  bool NoExcept = false;
  bool Unchecked = false; // its declaration says which locks its callers hold
  bool HasConcurrency = false; // itself or through calls: not only memory ops
  ObjectId Result = kNone;     // stands for what it returns, if of class type
};

// A variable or member that was declared volatile.
struct VolatileVariable {
  std::string Name;
  Range Where;      // the name
  Range Specifiers; // before the type: "static volatile "
  Range Type;       // "bool"
  bool ForSignals = false; // sig_atomic_t
};

struct Unit {
  std::string MainFile;
  unsigned Standard = 0; // of C++: 17, 20, ...; 0 for C
  std::vector<SourceFile> Files;
  std::vector<Function> Functions;
  std::vector<Condition> Conditions;
  std::map<std::string, FunctionId> ByUsr;
  std::set<std::string> MainFileClasses; // all that may be done with them shows
  std::vector<std::string>
      Elsewhere; // USRs of functions that have no body here
  std::set<std::string> HiddenMembers;   // that only their class may name
  std::map<std::string, VolatileVariable> Volatile; // by variableName()
  // Paths are interned while checks run, too: the same path, the same id.
  mutable PathTable Paths;

  // The one instance of `Analysis` for this unit, made of it when it is asked
  // for first.
  template <class Analysis> const Analysis &of() const {
    static const char kKey = 0;
    std::shared_ptr<void> &Slot = Known[&kKey];
    if (!Slot)
      Slot = std::make_shared<Analysis>(*this);
    return *static_cast<const Analysis *>(Slot.get());
  }

  const Function &function(FunctionId F) const { return Functions[F]; }
  // What a global variable or a member is in all functions: "Cache::Entries" or
  // "#<object>". Empty for all others.
  std::string variableName(PathId P) const;
  std::string_view text(const Range &R) const {
    if (!R.valid() || R.Begin > Files[R.File].Text.size())
      return {}; // the file is no longer what the facts were made of
    return Files[R.File].Text.substr(R.Begin, R.End - R.Begin);
  }

private:
  mutable std::map<const void *, std::shared_ptr<void>> Known;
};

} // namespace heddle

#endif
