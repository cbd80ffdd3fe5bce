// Names, invariants and the printed form of skeletons.
#include "engines/skeleton/Skeleton.h"

namespace heddle::skeleton {

bool mayBlock(Op What) {
  switch (What) {
  case Op::Send:
  case Op::Recv:
  case Op::RecvValue:
  case Op::RecvClosed:
  case Op::Wait:
  case Op::Lock:
  case Op::RLock:
  case Op::CondWake:
  case Op::OncePass:
    return true;
  default:
    return false;
  }
}

const char *opName(Op What) {
  static const char *const Names[] = {
      "silent",  "make",      "escape",   "send",      "receive",   "receive",
      "receive", "close",     "cancel",   "otherwise", "add",       "wait",
      "lock",    "unlock",    "rlock",    "runlock",   "condwait",  "wait",
      "signal",  "broadcast", "once-run", "once-end",  "once",      "spawn",
      "return",  "halt",      "loop",     "loop-next", "loop-exit",
  };
  return Names[static_cast<unsigned>(What)];
}

static bool takesObject(Op What) {
  return What != Op::Silent && What != Op::Otherwise && What < Op::Spawn;
}

static std::string verifyEdge(const Skeleton &S, const Strand &T,
                              const Edge &E) {
  if (E.To >= T.Places.size())
    return "edge to a place that does not exist";
  if (takesObject(E.What) && E.On >= S.Objects.size())
    return std::string(opName(E.What)) + " without an object";
  if (E.What == Op::Spawn && unsigned(E.Arg) >= S.Strands.size())
    return "spawn of a strand that does not exist";
  if (E.What >= Op::LoopInit && unsigned(E.Arg) >= T.Counters)
    return "loop counter out of range";
  if (E.If && E.If.Index >= (E.If.PerStrand ? T.LocalGuards : S.Guards))
    return "guard out of range";
  if (E.Sets && (!E.Sets.PerStrand || E.Sets.Index >= T.LocalGuards))
    return "result out of range";
  return {};
}

std::string verify(const Skeleton &S) {
  if (S.Strands.empty())
    return "no root strand";
  if (S.Objects.size() > 64)
    return "more than 64 objects";
  if (S.Strands.size() > 255)
    return "more than 255 strands";
  for (const Strand &T : S.Strands)
    for (const Place &P : T.Places) {
      if (P.Edges.size() > 255)
        return "more than 255 edges at a place";
      for (const Edge &E : P.Edges)
        if (std::string Why = verifyEdge(S, T, E); !Why.empty())
          return T.Name + ": " + Why;
    }
  return {};
}

static void printEdge(std::string &Out, const Skeleton &S, const Edge &E) {
  if (E.If)
    Out += (E.If.Positive ? "[" : "[not ") +
           std::string(E.If.PerStrand ? "l" : "g") +
           std::to_string(E.If.Index) + "] ";
  Out += opName(E.What);
  if (takesObject(E.What))
    Out += " " + S.Objects[E.On].Name;
  if (E.What == Op::Spawn)
    Out += " " + S.Strands[E.Arg].Name;
  if (E.What == Op::Add)
    Out += " " + std::to_string(E.Arg);
  if (E.What == Op::LoopNext || E.What == Op::LoopExit)
    Out += E.Count.Kind == Bound::Symbol ? " s" + std::to_string(E.Count.Index)
                                         : " " + std::to_string(E.Count.Value);
  if (E.Sets)
    Out += std::string(E.Sets.Positive ? ", l" : ", not l") +
           std::to_string(E.Sets.Index);
  if (E.Assumed)
    Out += " (assumed)";
  Out += " -> " + std::to_string(E.To) + "\n";
}

std::string print(const Skeleton &S) {
  std::string Out;
  for (const Strand &T : S.Strands) {
    Out += T.Name + "\n";
    for (size_t P = 0; P < T.Places.size(); ++P)
      for (const Edge &E : T.Places[P].Edges) {
        Out += "  " + std::to_string(P) + ": ";
        printEdge(Out, S, E);
      }
  }
  return Out;
}

} // namespace heddle::skeleton
