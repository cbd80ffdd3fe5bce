// Expansion of calls and strands into one scope.
#include "facts/Keys.h"
#include "facts/Scope.h"
#include "facts/Stored.h"

#include <algorithm>
#include <optional>

namespace heddle {
namespace {

class Expander {
public:
  Expander(const Unit &U, FunctionId Root, const ScopeBudget &B)
      : U(U), P(U.Paths), Budget(B) {
    S.U = &U;
    S.Root = Root;
    Held.emplace(S);
  }

  Scope run() {
    Strand Main;
    Main.Function = S.Root;
    S.Strands.push_back(std::move(Main));
    FrameId First = addFrame(S.Root, kNone, kNone, 0, kNone);
    S.Strands[0].Frame = First;
    expandStrand(0);
    // Strands are appended as their spawns are met.
    StrandId Next = 1;
    do {
      for (; Next < S.Strands.size(); ++Next)
        expandStrand(Next);
    } while (expandHeld());
    connect();
    Held->resolve();
    for (const Pending &W : Unresolved)
      if (auto It = StepOf.find({W.Frame, W.Source}); It != StepOf.end())
        S.Conditions[W.Cond].Step = It->second;
    return std::move(S);
  }

private:
  struct Pending {
    CondId Cond;
    FrameId Frame;
    OpId Source;
  };
  // A call, or spawn, of what a member holds: who fills it may come later.
  struct HeldCall {
    StepId Site = kNone;
    NodeId After = kNone;
    LoopId Loop = kNone;
    bool Done = false;
  };
  struct Part { // one expansion of a function in a strand's graph
    NodeId Entry, Exit;
  };

  const Object &objectAt(PathId Path) const { return P.rootObject(Path); }

  FrameId addFrame(FunctionId F, FrameId Caller, FrameId Lexical, StrandId St,
                   StepId Site) {
    Frame Fr;
    Fr.Function = F;
    Fr.Caller = Caller;
    Fr.Lexical = Lexical;
    Fr.Strand = St;
    Fr.Site = Site;
    S.Frames.push_back(std::move(Fr));
    return FrameId(S.Frames.size() - 1);
  }

  FrameId lexicalFrame(FunctionId F, FrameId From) const {
    FunctionId Parent = U.function(F).Parent;
    while (From != kNone && Parent != kNone) {
      if (S.Frames[From].Function == Parent)
        return From;
      const Frame &Fr = S.Frames[From];
      From = Fr.Caller != kNone ? Fr.Caller
             : Fr.Site != kNone ? S.Steps[Fr.Site].Frame
                                : kNone;
    }
    return kNone;
  }

  // A path of a function, in the terms of the scope.
  PathId place(PathId Path, FrameId F) {
    if (Path == kNone)
      return kNone;
    return canonical(substitute(Path, F));
  }

  PathId canonical(PathId Path) {
    for (unsigned Round = 0; Round < 8; ++Round) {
      PathId Before = Path;
      for (PathId At = Path; At != kNone; At = P.path(At).Parent)
        if (auto It = Aliases.find(At); It != Aliases.end()) {
          Path = P.rebase(Path, At, It->second);
          break;
        }
      if (Path == Before)
        break;
    }
    return Path;
  }

  PathId substitute(PathId Path, FrameId F) {
    ObjectId Root = P.path(Path).Object;
    const Object O = P.object(Root);
    if (O.K == Object::Global || O.K == Object::StaticLocal || O.Owner == kNone)
      return Path;
    FrameId At = F;
    while (At != kNone && S.Frames[At].Function != O.Owner)
      At = S.Frames[At].Lexical;
    if (At == kNone)
      return Path;
    PathId From = P.root(Root);
    auto &Bind = S.Frames[At].Bind;
    auto It = Bind.find(Root);
    if (It == Bind.end())
      It = Bind.emplace(Root, clone(Root, At)).first;
    return P.rebase(Path, From, It->second);
  }

  PathId clone(ObjectId Root, FrameId At) {
    Object O = P.object(Root);
    bool Callers = O.K == Object::Param || O.K == Object::This;
    if (At == 0) {
      if (!Callers || (O.K == Object::Param && !O.Reference))
        S.Owners[Root] = 0;
      return P.root(Root);
    }
    const Frame &Fr = S.Frames[At];
    if (O.Loop != kNone)
      O.Loop += FirstLoop.count(At) ? FirstLoop[At] : 0;
    else
      O.Loop = SiteLoop.count(At) ? SiteLoop[At] : kNone;
    O.Owner = kNone;
    ObjectId Copy = P.addObject(std::move(O));
    S.Owners[Copy] = Fr.Strand;
    return P.root(Copy);
  }

  std::string placeKey(const std::string &Key, FrameId F) {
    return replaceMarks(Key,
                        [&](PathId Path) { return mark(placeValue(Path, F)); });
  }

  PathId placeValue(PathId Path, FrameId F) {
    ObjectId Root = P.path(Path).Object;
    if (P.path(Path).Kind == StepKind::Root)
      for (FrameId At = F; At != kNone; At = S.Frames[At].Lexical)
        if (auto It = S.Frames[At].Values.find(Root);
            It != S.Frames[At].Values.end())
          return It->second;
    // The copy in a closure has the value of what was copied.
    const Object &O = P.object(Root);
    if (O.K == Object::CaptureCopy && O.Source != kNone && !O.Assigned &&
        P.path(Path).Kind == StepKind::Root) {
      FrameId At = F;
      while (At != kNone && S.Frames[At].Function != O.Owner)
        At = S.Frames[At].Lexical;
      if (At != kNone)
        return placeValue(O.Source, S.Frames[At].Lexical);
    }
    return place(Path, F);
  }

  void bindParameters(FrameId F, const Op &Placed, const Op &Original,
                      FrameId Caller) {
    const Function &Fn = U.function(S.Frames[F].Function);
    for (size_t I = 0; I < Fn.Params.size(); ++I) {
      ObjectId Param = Fn.Params[I];
      const Object O = P.object(Param);
      PathId Arg = I < Placed.Args.size() ? Placed.Args[I] : kNone;
      FunctionId Body =
          I < Placed.ArgBodies.size() ? Placed.ArgBodies[I] : kNone;
      if (Body == kNone && Caller != kNone && I < Original.Args.size() &&
          Original.Args[I] != kNone) {
        Op Inner;
        Inner.CalleeValue = Original.Args[I];
        Body = bodyOf(Inner, Caller);
      }
      if (Body != kNone)
        S.Frames[F].Bodies[Param] = Body;
      if (Arg == kNone)
        continue;
      bool Leads = O.Reference || O.Handle || O.Role == TypeRole::Pointer ||
                   O.Role == TypeRole::UniquePointer ||
                   O.Role == TypeRole::Thread || O.Role == TypeRole::Future ||
                   O.Role == TypeRole::Guard;
      if (Leads && (O.Reference || !O.Assigned))
        S.Frames[F].Bind[Param] = Arg;
      else if (!O.Assigned)
        S.Frames[F].Values[Param] = Arg;
    }
    if (Fn.This != kNone && Placed.This != kNone)
      S.Frames[F].Bind[Fn.This] = Placed.This;
    if (Fn.Result != kNone && Placed.Result != kNone)
      bindResult(F, Fn, Placed.Result);
  }

  // The one local that is returned becomes the caller's variable.
  void bindResult(FrameId F, const Function &Fn, PathId Result) {
    S.Frames[F].Bind[Fn.Result] = Result;
    PathId Own = P.root(Fn.Result), Local = kNone;
    for (const Op &O : Fn.Ops) {
      if (O.Kind != OpKind::Alias || O.Object != Own || O.Args.empty())
        continue;
      if (Local != kNone && Local != O.Args[0])
        return;
      Local = O.Args[0];
    }
    if (Local == kNone || P.path(Local).Kind != StepKind::Root)
      return;
    const Object &O = objectAt(Local);
    if (O.K == Object::Local && O.Role != TypeRole::Guard)
      S.Frames[F].Bind[P.path(Local).Object] = Result;
  }

  FunctionId bodyOf(const Op &O, FrameId F) const {
    if (O.Callee != kNone)
      return O.Callee;
    if (O.CalleeValue == kNone)
      return kNone;
    ObjectId Root = P.path(O.CalleeValue).Object;
    for (FrameId At = F; At != kNone; At = S.Frames[At].Lexical)
      if (auto It = S.Frames[At].Bodies.find(Root);
          It != S.Frames[At].Bodies.end())
        return It->second;
    const Object &O2 = P.object(Root);
    if (O2.K == Object::CaptureCopy && O2.Source != kNone) {
      Op Inner;
      Inner.CalleeValue = O2.Source;
      FrameId Lex = F == kNone ? kNone : S.Frames[F].Lexical;
      return Lex == kNone ? kNone : bodyOf(Inner, Lex);
    }
    return kNone;
  }

  FrameId around(FrameId F) const {
    const Frame &Fr = S.Frames[F];
    return Fr.Caller != kNone ? Fr.Caller
           : Fr.Site != kNone ? S.Steps[Fr.Site].Frame
                              : kNone;
  }

  // The body is being expanded already, around this frame.
  bool isRecursive(FunctionId Body, FrameId F) const {
    while (F != kNone && S.Frames[F].Function != Body)
      F = around(F);
    return F != kNone;
  }

  bool isTooDeep(FrameId F) const {
    unsigned Callers = 0;
    for (F = around(F); F != kNone; F = around(F))
      ++Callers;
    return Callers > Budget.Depth;
  }

  NodeId addNode(StrandId St, LoopId Loop) {
    Node N;
    N.Loop = Loop;
    S.Strands[St].Nodes.push_back(std::move(N));
    ++Nodes;
    return NodeId(S.Strands[St].Nodes.size() - 1);
  }

  void link(StrandId St, NodeId From, NodeId To) {
    Edge E;
    E.To = To;
    S.Strands[St].Nodes[From].Succs.push_back(std::move(E));
  }

  StepId addStep(Op Placed, OpId Source, FrameId F, NodeId N) {
    Step St;
    St.Do = std::move(Placed);
    St.Source = Source;
    St.Frame = F;
    St.Strand = S.Frames[F].Strand;
    St.Node = N;
    StepId Id = StepId(S.Steps.size());
    S.Steps.push_back(std::move(St));
    S.Strands[S.Steps[Id].Strand].Nodes[N].Steps.push_back(Id);
    StepOf[{F, Source}] = Id;
    return Id;
  }

  Op placeOp(const Op &O, FrameId F) {
    Op Out = O;
    Out.Object = place(O.Object, F);
    Out.This = place(O.This, F);
    Out.Handle = place(O.Handle, F);
    Out.Result = place(O.Result, F);
    Out.Guard = place(O.Guard, F);
    Out.Needs = place(O.Needs, F);
    Out.CalleeValue = place(O.CalleeValue, F);
    for (PathId &A : Out.Args)
      A = place(A, F);
    for (SelectCase &C : Out.Cases)
      C.Channel = place(C.Channel, F);
    if (Out.Count.K == Amount::Symbolic)
      Out.Count.Key = placeKey(O.Count.Key, F);
    return Out;
  }

  void noteAlias(const Op &O) {
    if (O.Object == kNone || O.Args.empty() || O.Args[0] == kNone ||
        O.Object == O.Args[0] || P.isPrefix(O.Object, O.Args[0]))
      return;
    TypeRole R = P.path(O.Object).Role;
    if (R == TypeRole::Thread || R == TypeRole::Guard || R == TypeRole::Future)
      return;
    for (PathId At = O.Object; At != kNone; At = P.path(At).Parent)
      if (P.path(At).Kind == StepKind::Index)
        return;
    Aliases.emplace(O.Object, O.Args[0]);
  }

  void addStrand(StepId Site, FunctionId Body, FrameId Closure = kNone) {
    const Step At = S.Steps[Site];
    if (S.Strands.size() >= Budget.Strands || isTooDeep(At.Frame) ||
        isRecursive(Body, At.Frame)) {
      S.Truncated = true;
      return;
    }
    StrandId Id = StrandId(S.Strands.size());
    Strand New;
    New.Parent = At.Strand;
    New.Spawn = Site;
    New.Function = Body;
    New.Many = S.Strands[At.Strand].Nodes[At.Node].Loop != kNone ||
               At.Do.Policy == JoinPolicy::Here;
    S.Strands.push_back(std::move(New));
    if (Closure == kNone)
      Closure = lexicalFrame(Body, At.Frame);
    FrameId F = addFrame(Body, kNone, Closure, Id, Site);
    S.Strands[Id].Frame = F;
    const Op &Original = U.function(S.Frames[At.Frame].Function).Ops[At.Source];
    bindParameters(F, At.Do, Original, At.Frame);
    S.Steps[Site].Spawned = Id;
  }

  // Expands a call behind node N; returns the node where the caller goes on.
  NodeId addCall(StepId Site, FunctionId Body, NodeId N, LoopId Loop,
                 FrameId Closure = kNone) {
    const Step At = S.Steps[Site];
    StrandId St = At.Strand;
    if (U.function(Body).Blocks.empty())
      return N;
    bool Full = Nodes > Budget.Nodes || isTooDeep(At.Frame);
    if (Full || isRecursive(Body, At.Frame)) {
      S.Truncated = true;
      // What is cut off is as little known as code that is not visible.
      if (Full)
        S.Steps[Site].Do.Callee = kNone;
      return N;
    }
    if (Closure == kNone)
      Closure = lexicalFrame(Body, At.Frame);
    FrameId F = addFrame(Body, At.Frame, Closure, St, Site);
    SiteLoop[F] = Loop;
    const Op &Original = U.function(S.Frames[At.Frame].Function).Ops[At.Source];
    if (At.Do.Kind != OpKind::CvWait)
      bindParameters(F, At.Do, Original, At.Frame);
    bool Once = At.Do.Kind == OpKind::Once;
    NodeId Before = N, Into = N;
    if (Once) {
      Into = addNode(St, Loop);
      link(St, Before, Into);
      addMarker(OpKind::Acquire, At, Into);
    }
    Part Inner = expandFunction(F, Loop);
    link(St, Into, Inner.Entry);
    NodeId After = addNode(St, Loop);
    if (Once) {
      NodeId Out = addNode(St, Loop);
      addMarker(OpKind::EventSet, At, Out);
      addMarker(OpKind::Release, At, Out);
      link(St, Inner.Exit, Out);
      link(St, Out, After);
      link(St, Before, After);
      addMarker(OpKind::EventWait, At, After);
    } else {
      link(St, Inner.Exit, After);
    }
    return After;
  }

  // call_once holds its flag like a lock, and whoever passes it has waited.
  void addMarker(OpKind K, const Step &At, NodeId N) {
    Op O;
    O.Kind = K;
    O.Where = At.Do.Where;
    O.Object = At.Do.Object;
    O.Implicit = true;
    O.Model = At.Do.Model;
    Step St;
    St.Do = std::move(O);
    St.Source = At.Source;
    St.Frame = At.Frame;
    St.Strand = At.Strand;
    St.Node = N;
    S.Strands[At.Strand].Nodes[N].Steps.push_back(StepId(S.Steps.size()));
    S.Steps.push_back(std::move(St));
  }

  CondId placeCondition(CondId C, FrameId F) {
    const Condition &In = U.Conditions[C];
    ScopeCondition Out;
    Out.K = In.K;
    Out.Stable = In.Stable;
    Out.Value = In.Value;
    Out.Text = In.Text;
    std::string Id = std::to_string(C) + "@" + std::to_string(F);
    if (In.K == Condition::Pure)
      Out.Key = placeKey(In.Key, F);
    if (In.K == Condition::Pure && In.Stable)
      Id = Out.Key;
    auto [It, New] = CondOf.emplace(Id, CondId(S.Conditions.size()));
    if (New) {
      S.Conditions.push_back(std::move(Out));
      if (In.Op != kNone)
        Unresolved.push_back({It->second, F, In.Op});
    }
    return It->second;
  }

  Part expandFunction(FrameId F, LoopId Around) {
    const Function &Fn = U.function(S.Frames[F].Function);
    StrandId St = S.Frames[F].Strand;
    LoopId FirstNew = LoopId(S.Strands[St].Loops.size());
    FirstLoop[F] = FirstNew;
    for (const Loop &L : Fn.Loops) {
      StrandLoop Out;
      Out.Parent = L.Parent == kNone ? Around : FirstNew + L.Parent;
      Out.Bound = L.Bound;
      if (Out.Bound.K == Amount::Symbolic)
        Out.Bound.Key = placeKey(L.Bound.Key, F);
      Out.Over = place(L.Over, F);
      Out.Frame = F;
      S.Strands[St].Loops.push_back(std::move(Out));
    }
    auto LoopOf = [&](BlockId B) {
      LoopId L = Fn.Blocks[B].Loop;
      return L == kNone ? Around : FirstNew + L;
    };
    std::vector<NodeId> Head(Fn.Blocks.size()), Tail(Fn.Blocks.size());
    for (BlockId B = 0; B < Fn.Blocks.size(); ++B) {
      Head[B] = Tail[B] = addNode(St, LoopOf(B));
      S.Strands[St].Nodes[Head[B]].Works = Fn.Blocks[B].Works;
    }
    for (BlockId B = 0; B < Fn.Blocks.size(); ++B)
      for (OpId I = Fn.Blocks[B].First; I < Fn.Blocks[B].Last; ++I)
        Tail[B] = expandOp(Fn.Ops[I], I, F, Tail[B], LoopOf(B));
    for (BlockId B = 0; B < Fn.Blocks.size(); ++B)
      for (const Edge &In : Fn.Blocks[B].Succs) {
        Edge E = In;
        E.To = Head[In.To];
        if (In.Cond != kNone)
          E.Cond = placeCondition(In.Cond, F);
        S.Strands[St].Nodes[Tail[B]].Succs.push_back(std::move(E));
      }
    for (BlockId B = 0; B < Fn.Blocks.size(); ++B)
      S.Strands[St].Nodes[Tail[B]].Decides = Fn.Blocks[B].Decides;
    for (size_t I = 0; I < Fn.Loops.size(); ++I)
      S.Strands[St].Loops[FirstNew + I].Header = Head[Fn.Loops[I].Header];
    if (Fn.Blocks.empty()) {
      NodeId Only = addNode(St, Around);
      return {Only, Only};
    }
    return {Head[Fn.Entry], Tail[Fn.Exit]};
  }

  NodeId expandOp(const Op &O, OpId I, FrameId F, NodeId N, LoopId Loop) {
    StepId Id = addStep(placeOp(O, F), I, F, N);
    if (O.Kind == OpKind::Alias)
      noteAlias(S.Steps[Id].Do);
    if (O.Kind == OpKind::Store)
      noteStore(Op(S.Steps[Id].Do), O, F);
    bool Runs = O.Kind == OpKind::Call || O.Kind == OpKind::Once ||
                O.Kind == OpKind::CvWait;
    if (!Runs && O.Kind != OpKind::Spawn)
      return N;
    FunctionId Body = bodyOf(O, F);
    if (Body == kNone && O.CalleeValue != kNone)
      return holdCall(Id, F, N, Loop, Runs);
    if (Body == kNone)
      return N;
    S.Steps[Id].Do.Callee = Body;
    if (Runs)
      return addCall(Id, Body, N, Loop);
    addStrand(Id, Body);
    return N;
  }

  NodeId holdCall(StepId Id, FrameId F, NodeId N, LoopId Loop, bool Runs) {
    const Op &O = U.function(S.Frames[F].Function).Ops[S.Steps[Id].Source];
    S.Steps[Id].Do.CalleeValue = canonical(placeValue(O.CalleeValue, F));
    NodeId After = kNone;
    if (Runs) {
      After = addNode(S.Frames[F].Strand, Loop);
      link(S.Frames[F].Strand, N, After);
    }
    HeldCalls.push_back({Id, After, Loop});
    return Runs ? After : N;
  }

  // Puts the bodies in that are known by now; true if there were any.
  bool expandHeld() {
    bool Any = false;
    for (size_t I = 0; I < HeldCalls.size(); ++I) {
      const HeldCall C = HeldCalls[I];
      StoredCallable Runs = C.Done ? StoredCallable()
                                   : Held->find(S.Steps[C.Site].Do.CalleeValue);
      if (Runs.Body == kNone)
        continue;
      HeldCalls[I].Done = Any = true;
      S.Steps[C.Site].Do.Callee = Runs.Body;
      if (C.After == kNone) {
        addStrand(C.Site, Runs.Body, Runs.Closure);
        continue;
      }
      const Step At = S.Steps[C.Site];
      S.Strands[At.Strand].Nodes[At.Node].Succs.clear();
      link(At.Strand, addCall(C.Site, Runs.Body, At.Node, C.Loop, Runs.Closure),
           C.After);
    }
    return Any;
  }

  void noteStore(const Op &O, const Op &Original, FrameId F) {
    StoredCallable C;
    PathId Source = O.Args[0];
    C.Body = O.ArgBodies[0];
    if (C.Body == kNone && Original.Args[0] != kNone) {
      Op Inner;
      Inner.CalleeValue = Original.Args[0];
      C.Body = bodyOf(Inner, F);
      Source = canonical(placeValue(Original.Args[0], F));
    }
    if (C.Body != kNone)
      C.Closure = lexicalFrame(C.Body, F);
    Held->put(O.Object, Source, C);
  }

  void expandStrand(StrandId Id) {
    Part Whole = expandFunction(S.Strands[Id].Frame, kNone);
    S.Strands[Id].Entry = Whole.Entry;
    S.Strands[Id].Exit = Whole.Exit;
  }

  // Predecessors and the nodes of loops, once all edges are there.
  void connect() {
    for (Strand &St : S.Strands)
      for (NodeId N = 0; N < St.Nodes.size(); ++N) {
        for (const Edge &E : St.Nodes[N].Succs)
          St.Nodes[E.To].Preds.push_back(N);
        for (LoopId L = St.Nodes[N].Loop; L != kNone; L = St.Loops[L].Parent)
          St.Loops[L].Nodes.push_back(N);
      }
  }

  const Unit &U;
  PathTable &P;
  ScopeBudget Budget;
  Scope S;
  size_t Nodes = 0;
  std::optional<Stored> Held;
  std::vector<HeldCall> HeldCalls;
  std::map<PathId, PathId> Aliases;
  std::map<FrameId, LoopId> FirstLoop, SiteLoop;
  std::map<std::pair<FrameId, OpId>, StepId> StepOf;
  std::map<std::string, CondId> CondOf;
  std::vector<Pending> Unresolved;
};

} // namespace

Scope expand(const Unit &U, FunctionId Root, const ScopeBudget &B) {
  return Expander(U, Root, B).run();
}

} // namespace heddle
