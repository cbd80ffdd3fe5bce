// A function with its calls expanded, and every strand that it starts.
//
// expand() makes from the facts of single functions the graph that engines
// work on: bodies of called functions stand in place of the call, paths are
// rewritten into the terms of the scope's root (parameters replaced by
// arguments, `this` by the object, locals of each expansion told apart), and
// each spawn has the expanded body of its task as a strand of its own.
//
// Invariants: strand 0 is the root function. A strand's parent has a lower
// number. Steps of a node are in order of evaluation. Expansion of calls is cut
// at recursion and at the budget; Truncated says so.
#ifndef HEDDLE_FACTS_SCOPE_H
#define HEDDLE_FACTS_SCOPE_H

#include "facts/Facts.h"

#include <string>
#include <vector>

namespace heddle {

using StepId = uint32_t;
using StrandId = uint32_t;
using NodeId = uint32_t;  // index in Strand::Nodes
using FrameId = uint32_t; // index in Scope::Frames

// One expansion of a function.
struct Frame {
  FunctionId Function = kNone;
  FrameId Caller = kNone;  // kNone for the first frame of a strand
  FrameId Lexical = kNone; // lambdas: the frame that made the closure
  StepId Site = kNone;     // the Call, Once or Spawn step
  StrandId Strand = kNone;
  std::map<ObjectId, PathId> Bind; // objects of Function -> paths of the scope
  std::map<ObjectId, PathId> Values;     // parameters by value: what was copied
  std::map<ObjectId, FunctionId> Bodies; // callable parameters -> what they run
};

struct Step {
  Op Do; // all paths in the terms of the scope; Callee still a FunctionId
  OpId Source = kNone; // in the function of Frame
  FrameId Frame = kNone;
  StrandId Strand = kNone;
  NodeId Node = kNone;
  StrandId Spawned = kNone; // Spawn: its strand, if the body is visible
};

// As Condition, in the terms of the scope: the same variable compared in the
// spawner and in a task is one condition.
struct ScopeCondition {
  Condition::Kind K = Condition::Opaque;
  bool Stable = false;
  bool Value = false;
  std::string Key; // Pure: with the paths of the scope
  std::string Text;
  StepId Step = kNone; // OpResult, SelectIndex, ErrorResult
};

struct Node {
  std::vector<StepId> Steps;
  std::vector<Edge> Succs; // To: NodeId. Cond: index in Scope::Conditions
  std::vector<NodeId> Preds;
  LoopId Loop = kNone; // innermost, index in Strand::Loops
  bool Works = false;  // as Block::Works
  std::vector<Range> Decides; // as Block::Decides
};

struct StrandLoop {
  LoopId Parent = kNone;
  NodeId Header = kNone;
  std::vector<NodeId> Nodes;
  Amount Bound;
  PathId Over = kNone;
  FrameId Frame = kNone;
};

struct Strand {
  StrandId Parent = kNone;
  StepId Spawn = kNone; // in Parent; kNone for strand 0
  FrameId Frame = kNone;
  FunctionId Function = kNone;
  std::vector<Node> Nodes;
  std::vector<StrandLoop> Loops; // Object::Loop of what it owns points here
  NodeId Entry = kNone, Exit = kNone;
  bool Many = false; // several instances may live: spawned in a loop
};

struct Scope {
  const Unit *U = nullptr;
  FunctionId Root = kNone;
  std::vector<Frame> Frames;
  std::vector<Strand> Strands;
  std::vector<Step> Steps;
  std::vector<ScopeCondition> Conditions;
  std::map<ObjectId, StrandId> Owners; // objects that a strand makes
  bool Truncated = false;              // the budget cut something off

  const Step &step(StepId S) const { return Steps[S]; }
  const Node &node(const Step &S) const {
    return Strands[S.Strand].Nodes[S.Node];
  }
  // The strand in one of whose frames the root object of `P` is made, or
  // kNone for globals and what the root's caller owns.
  StrandId owner(PathId P) const;
  // `Ancestor` started `S`, directly or not, or is it.
  bool descends(StrandId S, StrandId Ancestor) const;
  // `P` is the same object whenever the scope names it: no index that changes,
  // no pointer that may have been set anew.
  bool isIdentified(PathId P) const;
  // Calls between the strand's first function and the step, outermost first.
  std::vector<StepId> trace(const Step &S) const;
};

struct ScopeBudget {
  uint32_t Nodes = 6000;
  uint32_t Strands = 48;
  uint32_t Depth = 12; // of calls
};

Scope expand(const Unit &U, FunctionId Root, const ScopeBudget &B = {});

// One of its own operations is more than a call or an access to memory.
bool hasConcurrentOp(const Function &F);
// Sets HasConcurrency of each function that has such an operation, or calls a
// function that does.
void spreadConcurrency(Unit &U);

// Functions at which an analysis of the unit starts: those of the main file
// with effects on concurrency, that no other visible function calls or spawns,
// and those that other files can call. A lambda is never a root, nor is a private
// method that is called.
std::vector<FunctionId> scopeRoots(const Unit &U);

} // namespace heddle

#endif
