// chan-leak-no-peer: an operation on a channel that nobody can answer.
//
// Every operation on the other side is missing, comes later in the same strand,
// or lies in what that strand starts later; or a loop over a channel has
// senders, all of which come to their end, and nobody closes. Channels that
// code outside of the scope may know are left alone.
#include "core/Trace.h"
#include "engines/waits/Holding.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Loners {
public:
  Loners(const View &V, Reporter &R)
      : V(V), S(V.scope()), All(V.of<Peers>()), Order(V), R(R) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (auto W = All.waitAt(I); W && !Peers::needsAll(*W))
        check(*W);
    for (StrandId T = 0; T < S.Strands.size(); ++T)
      for (LoopId L = 0; L < S.Strands[T].Loops.size(); ++L)
        checkLoop(T, L);
  }

private:
  // A task that sends to nobody is what chan-leak-on-return reports.
  void check(const Wait &W) {
    if (W.Sends && S.step(W.Step).Strand != 0)
      return;
    auto Ends = All.of(W);
    if (!Ends || W.Channels.size() != 1 ||
        !std::all_of(Ends->begin(), Ends->end(),
                     [&](StepId P) { return Order.isTooLate(P, W); }))
      return;
    if (!W.Sends || isFull(W, Ends->empty()))
      report(W, *Ends);
  }

  // A loop over a channel, without another way out of it, ends by a close only.
  void checkLoop(StrandId T, LoopId Id) {
    const StrandLoop &L = S.Strands[T].Loops[Id];
    StepId Recv = receiveOf(T, L);
    if (Recv == kNone || !isOnlyWayOut(S.Strands[T], L))
      return;
    Wait W{Recv, false, {L.Over}};
    auto Ends = All.of(W);
    if (!Ends || Ends->empty() ||
        !std::all_of(Ends->begin(), Ends->end(), [&](StepId E) {
          return S.step(E).Do.Kind == OpKind::Send && comesToEnd(E, T);
        }))
      return;
    const Step &At = S.step(Recv);
    std::string Name = V.paths().spell(writtenAt(At, L.Over));
    auto B = R.report(At.Do.Where, "this loop over '" + Name +
                                       "' never ends: nothing closes it");
    B.label("waits for ever behind the last value").in(functionOf(S, At));
    noteCalls(B, S, At);
    for (StepId E : *Ends)
      B.note(S.step(E).Do.Where, "this sends, and nobody closes");
    noteSpawn(B, S, At);
    noteDeclaration(B, V.unit(), L.Over);
    addClose(B, *Ends, L.Over);
  }

  StepId receiveOf(StrandId T, const StrandLoop &L) const {
    if (L.Over == kNone || V.paths().path(L.Over).Role != TypeRole::Channel)
      return kNone;
    for (StepId I : S.Strands[T].Nodes[L.Header].Steps)
      if (S.step(I).Do.Kind == OpKind::Recv && S.step(I).Do.Object == L.Over)
        return I;
    return kNone;
  }

  static bool isOnlyWayOut(const Strand &St, const StrandLoop &L) {
    auto Inside = [&](NodeId N) {
      return std::find(L.Nodes.begin(), L.Nodes.end(), N) != L.Nodes.end();
    };
    for (NodeId N : L.Nodes)
      for (const Edge &E : St.Nodes[N].Succs)
        if (N != L.Header && !Inside(E.To))
          return false;
    return std::none_of(L.Nodes.begin(), L.Nodes.end(),
                        [&](NodeId N) { return St.Nodes[N].Succs.empty(); });
  }

  // Another strand, or this one before the loop, sends no more than so often.
  bool comesToEnd(StepId Send, StrandId Loops) const {
    const Step &At = S.step(Send);
    const Strand &St = S.Strands[At.Strand];
    return At.Strand != Loops && S.node(At).Loop != kNone
               ? isBounded(St, S.node(At).Loop)
               : nodesAfter(St, At.Node)[St.Exit] || At.Node == St.Exit;
  }

  static bool isBounded(const Strand &St, LoopId L) {
    for (; L != kNone; L = St.Loops[L].Parent)
      if (St.Loops[L].Bound.K == Amount::Unknown)
        return false;
    return true;
  }

  // After the last send, if one strand alone sends.
  void addClose(Reporter::Builder &B, const std::vector<StepId> &Sends,
                PathId Channel) {
    const Step &First = S.step(Sends[0]);
    std::string Close = closerOf(Channel);
    if (Close.empty() || S.Strands[First.Strand].Many ||
        First.Do.Where.InMacro ||
        !std::all_of(Sends.begin(), Sends.end(),
                     [&](StepId E) { return S.step(E).Frame == First.Frame; }))
      return;
    Range After;
    for (StepId E : Sends)
      if (Range R = statementOf(S.step(E));
          R.valid() && (!After.valid() || R.End > After.End))
        After = R;
    std::string_view Send = V.unit().text(First.Do.Where);
    size_t Method = Send.rfind(First.Do.Name + "(");
    if (!After.valid() || After.InMacro || First.Do.Name.empty() ||
        Method == std::string_view::npos)
      return;
    Fix F;
    F.Safe = true;
    F.Title = "close '" + V.paths().spell(writtenAt(First, Channel)) +
              "' behind the last send";
    F.Edits = {
        lineBelow(After, std::string(Send.substr(0, Method)) + Close + "();")};
    B.fix(std::move(F));
  }

  std::string closerOf(PathId Channel) const {
    for (const Step &At : S.Steps)
      if (At.Do.Kind == OpKind::ChanMake &&
          (At.Do.Result == Channel || At.Do.Object == Channel))
        return At.Do.Remedy;
    return {};
  }

  // The outermost loop around a send, or its own statement.
  Range statementOf(const Step &At) const {
    const Function &F = functionOf(S, At);
    Range Out = F.Ops[At.Source].Statement;
    for (const Block &B : F.Blocks)
      if (At.Source >= B.First && At.Source < B.Last)
        for (LoopId L = B.Loop; L != kNone; L = F.Loops[L].Parent)
          Out = F.Loops[L].Where;
    return Out;
  }

  Replacement lineBelow(const Range &Where, std::string Text) const {
    std::string_view All = V.unit().Files[Where.File].Text;
    size_t Line = Where.Begin ? All.rfind('\n', Where.Begin - 1) + 1 : 0;
    size_t Indent = std::min(All.find_first_not_of(" \t", Line), All.size());
    Range End = Where;
    End.Begin = Where.End;
    End.Line = Where.EndLine;
    End.Col = Where.EndCol;
    // The range of a loop leaves out the semicolon of what it repeats.
    if (End.Begin < All.size() && All[End.Begin] == ';') {
      ++End.Begin;
      ++End.Col;
    }
    return R.insertBefore(End,
                          "\n" + std::string(All.substr(Line, Indent - Line)) +
                              std::move(Text));
  }

  PathId writtenAt(const Step &At, PathId Otherwise) const {
    PathId Written = functionOf(S, At).Ops[At.Source].Object;
    return Written == kNone ? Otherwise : Written;
  }

  // As many sends as the buffer has room for come first; if nobody ever
  // receives, any more of them is one too many.
  bool isFull(const Wait &W, bool Never) const {
    int64_t Room = *All.capacity(W.Channels[0]), Before = 0, Others = 0;
    for (StepId I : All.sendsTo(W.Channels[0])) {
      Before += I != W.Step && comesFirst(S, I, W.Step);
      Others += I != W.Step;
    }
    return Before >= Room || (Never && Room > 0 && Others >= Room && isAny(W));
  }

  // It may be each of several channels of one kind.
  bool isAny(const Wait &W) const { return !S.isIdentified(W.Channels[0]); }

  void report(const Wait &W, const std::vector<StepId> &Ends) {
    const Step &At = S.step(W.Step);
    std::string Name = V.paths().spell(writtenAt(At, W.Channels[0]));
    std::string Why =
        !Ends.empty()
            ? (W.Sends ? "only this strand receives, and only later"
                       : "only this strand sends or closes, and only later")
            : (W.Sends ? "nothing receives" : "nothing sends or closes");
    auto B =
        R.report(At.Do.Where, std::string("this ") +
                                  (W.Sends ? "send to '" : "receive from '") +
                                  Name + "' blocks for ever: " + Why);
    B.label("is never answered").in(functionOf(S, At));
    noteCalls(B, S, At);
    for (StepId P : Ends)
      B.note(S.step(P).Do.Where, "this comes too late");
    noteSpawn(B, S, At);
    noteDeclaration(B, V.unit(), W.Channels[0]);
  }

  const View &V;
  const Scope &S;
  const Peers &All;
  Holding Order;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const auto &Steps = V.scope().Steps;
  if (std::any_of(Steps.begin(), Steps.end(), [](const Step &At) {
        return At.Do.Kind == OpKind::ChanMake;
      }))
    Loners(V, R).run();
}

} // namespace

static const Registration
    kCheck({"chan-leak-no-peer", Tier::Default,
            "an operation on a channel that nobody can answer", run});

} // namespace heddle
