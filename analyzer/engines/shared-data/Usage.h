// How all functions of a unit use its members and global variables: where, with
// which locks, on whose behalf.
//
// A variable is the same in all functions: "Cache::Entries" of any Cache. A
// lock is named by how it is found from the variable: the member M beside it
// ("own Cache::M"), that of an object around it ("outer Pool::M"), a global
// ("global #7").
//
// Who makes or destroys an object is alone with it: such uses are not kept.
#ifndef HEDDLE_ENGINES_SHARED_DATA_USAGE_H
#define HEDDLE_ENGINES_SHARED_DATA_USAGE_H

#include "facts/LockSets.h"
#include "facts/View.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace heddle {

// A member or a global variable, and the object that it is part of.
struct Place {
  PathId Owner = kNone; // kNone: global
  std::string Name;     // "Cache::Entries", "#7.Size"; empty: neither
};
Place placeOf(const Unit &U, PathId P);

struct GuardUse { // how a lock is held at a use
  Range Taken;
  std::string Lock;  // as written there
  std::string Guard; // the statement that makes the guard, if it fits elsewhere
};

// One place in the text that reads or writes a variable.
struct Use {
  Range Where, Statement;
  std::string Variable; // as written
  FunctionId Function = kNone;
  bool Writes = false;
  bool OfThis = false;  // a member of `this`
  bool Seen = false;    // in a context that counts
  bool Caller = false;  // in one that starts at a function others can call
  bool Task = false;    // in one that starts at a task
  bool Ordered = false; // in one that waits for others first, or starts them
  bool Proven = false;  // in one that shows the other side, without a lock
  bool Unnamed = false; // under a lock that has no name
  std::map<std::string, GuardUse> Must; // in all contexts
  std::set<std::string> May;            // in some
  // Where the strands start that come here.
  std::set<FunctionId> Starts;
};

class Usage {
public:
  explicit Usage(const Unit &U);

  void see(const View &V);
  // Functions without any concurrency that use the same variables.
  void seeOthers();

  const std::map<std::string, std::vector<Use>> &variables() const {
    return Variables;
  }
  // Nobody outside of the file can hold the lock: it is a hidden member, or a
  // member of a class of the file, or a global of the file.
  bool isPrivate(const std::string &Lock) const;

private:
  struct Context {
    bool Own = false;     // being made, or its locks are said elsewhere
    bool Reliable = true; // all who come here are seen
  };
  Context contextOf(const Scope &S, const Step &At) const;
  Use &useAt(const std::string &Variable, const Step &At);
  void add(const View &V, StepId Id);
  void findGivenBack(const View &V);
  void addMay(const LockSet &Locks, Use &Into) const;
  bool isOrdered(const Scope &S, StepId Id) const;
  bool isProven(const View &V, StepId Id) const;
  std::map<std::string, GuardUse> locksAt(const View &V, StepId Id,
                                          PathId Owner) const;

  const Unit &U;
  std::set<FunctionId> Called;
  std::set<PathId> GivenBack; // in the scope at hand
  std::map<std::string, std::vector<Use>> Variables;
  std::map<std::pair<std::string, std::pair<uint32_t, uint32_t>>, size_t> Index;
};

} // namespace heddle

#endif
