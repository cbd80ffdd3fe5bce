// Many translation units as one program: who is who, and what belongs together.
//
// A name with external linkage means the one body, or object, that all files
// agree on. If several files define it differently, as two programs of one
// build or twins against the one-definition rule do, each file means its own
// and the others mean none. What has internal linkage stays with its file.
//
// A scope of the program is not made of all files: assemble() makes a Unit of
// one function and what it calls, as far as a budget goes; what lies beyond it
// is code that is not visible. So memory does not grow with the program, and
// scopes can be judged beside each other.
//
// Thread safety: all is const after construction.
#ifndef HEDDLE_FACTS_SUMMARY_PROGRAM_H
#define HEDDLE_FACTS_SUMMARY_PROGRAM_H

#include "facts/summary/Summary.h"

#include <optional>
#include <unordered_map>

namespace heddle {

// A record of the program.
struct RecordId {
  uint32_t Unit = kNone, Index = kNone;
  bool valid() const { return Unit != kNone; }
  bool operator==(const RecordId &) const = default;
  auto operator<=>(const RecordId &) const = default;
};

class Program {
public:
  // Requires: what the summaries were read from outlives the program.
  explicit Program(std::vector<Summary> Units);

  // Functions at which a scope starts that needs more than one file: they call
  // into another file and reach an operation on concurrency, or nobody calls
  // them and they reach one that does.
  std::vector<RecordId> roots() const;
  // All that the scope of a root depends on: equal hashes, equal findings.
  uint64_t hash(RecordId Root) const;
  // The facts of a root and all that it calls; only the root starts a scope.
  // The files have no text yet. Nothing if a record cannot be read.
  std::optional<Unit> assemble(RecordId Root) const;

  const std::vector<Summary> &units() const { return Units; }

private:
  struct Node {
    std::vector<RecordId> Calls; // parallel to Header.Refs, may be invalid
    bool Crosses = false;        // calls into another file itself
    bool Reaches = false;        // ... or through what it calls
    bool Concurrent = false;     // with what it calls
    bool Used = false;           // another function calls it
  };

  const Record &record(RecordId R) const {
    return Units[R.Unit].Records[R.Index];
  }
  Node &node(RecordId R) { return Nodes[R.Unit][R.Index]; }
  const Node &node(RecordId R) const { return Nodes[R.Unit][R.Index]; }
  void addNames();
  void resolveCalls();
  void spread();
  RecordId find(uint32_t Unit, const FunctionRef &Ref) const;
  RecordId canonical(uint32_t Unit, uint32_t Index) const;
  std::vector<RecordId> closure(RecordId Root) const;
  std::string globalIdentity(uint32_t Unit, const Object &O) const;
  std::string className(uint32_t Unit, const std::string &Class) const;

  // All bodies of an external name; the first stands for those equal to it.
  struct Bodies {
    RecordId First;
    bool Agree = true;
  };
  struct Global {
    uint32_t Definers = 0;
    uint32_t Definer = kNone;
    bool EachDefines = false, Assigned = false, CapturedByRef = false;
    uint32_t Mentions = 0;
  };

  std::vector<Summary> Units;
  std::vector<std::vector<Node>> Nodes; // parallel to the records
  std::unordered_map<std::string_view, Bodies> Externals;
  std::vector<std::unordered_map<std::string_view, uint32_t>> Own;
  std::unordered_map<std::string_view, Global> Globals;
  // Of internal linkage, by unit.
  std::vector<std::unordered_map<std::string_view, const GlobalRecord *>>
      OwnGlobals;
  std::unordered_map<std::string_view, uint32_t> ClassUnits;
};

} // namespace heddle

#endif
