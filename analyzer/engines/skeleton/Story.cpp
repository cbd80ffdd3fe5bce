// From a witness to notes.
#include "engines/skeleton/Story.h"

#include <algorithm>
#include <set>

namespace heddle::skeleton {

namespace {

constexpr size_t kMaxExchanges = 4;

class Teller {
public:
  Teller(const Explored &X, const Blocked &F)
      : X(X), U(*X.Sc.U), S(X.B.S), F(F) {}

  Story run() {
    if (!findChannel())
      return Out;
    findPeers();
    followWitness();
    tellEnd();
    return std::move(Out);
  }

private:
  const std::vector<Edge> &stuckEdges() const {
    return S.Strands[F.Strand].Places[F.At].Edges;
  }

  bool findChannel() {
    for (const Edge &E : stuckEdges()) {
      bool Channel = E.On != kNoObject &&
                     S.Objects[E.On].Kind == ObjectKind::Channel &&
                     E.Site != kNoSite;
      if (!Channel)
        return false;
      Channels.insert(E.On);
      NeedsClose |= E.What == Op::RecvClosed;
    }
    if (Channels.empty())
      return false;
    const Edge &First = stuckEdges()[0];
    Out.Channel = First.On;
    Out.Stuck = First.Site;
    Out.IsSend = First.What == Op::Send;
    Out.IsSelect = X.Sc.step(First.Site).Do.Kind == OpKind::Select;
    return true;
  }

  /// E, taken by another strand, could let the stuck one go on.
  bool helps(const Edge &E) const {
    for (const Edge &Mine : stuckEdges())
      if (E.On == Mine.On) {
        bool Receives = E.What == Op::Recv || E.What == Op::RecvValue;
        bool Closes = E.What == Op::Close || E.What == Op::Cancel;
        if (Mine.What == Op::Send
                ? Receives
                : Closes || (E.What == Op::Send && !NeedsClose))
          return true;
      }
    return false;
  }

  /// Places of a strand from which it, or what it spawns, can still help.
  const std::vector<bool> &helpful(StrandId T) {
    auto [It, New] = Helpful.try_emplace(T);
    if (New)
      computeHelpful(T, It->second);
    return It->second;
  }

  void computeHelpful(StrandId T, std::vector<bool> &Can) {
    const auto &Places = S.Strands[T].Places;
    Can.assign(Places.size(), false);
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t P = Places.size(); P-- > 0;)
        for (const Edge &E : Places[P].Edges)
          if (!Can[P] && (helps(E) || Can[E.To] || spawnHelps(T, E))) {
            Can[P] = true;
            Changed = true;
          }
    }
  }

  bool spawnHelps(StrandId T, const Edge &E) {
    return E.What == Op::Spawn && StrandId(E.Arg) != T &&
           StrandId(E.Arg) != F.Strand && helpful(StrandId(E.Arg))[0];
  }

  bool helpsDirectly(StrandId T) const {
    for (const Place &P : S.Strands[T].Places)
      for (const Edge &E : P.Edges)
        if (helps(E))
          return true;
    return false;
  }

  void findPeers() {
    for (StrandId T = 0; T < S.Strands.size(); ++T)
      if (helpsDirectly(T) && (T != F.Strand || X.Sc.Strands[T].Many))
        Out.HasPeer = true;
  }

  std::string kindOf(StrandId T) const {
    const heddle::Strand &St = X.Sc.Strands[T];
    if (St.Spawn == kNone)
      return "function";
    JoinPolicy P = X.Sc.step(St.Spawn).Do.Policy;
    return P == JoinPolicy::None || P == JoinPolicy::Counted ? "goroutine"
                                                             : "thread";
  }

  std::string nameOf(unsigned Who, StrandId T) const {
    if (T == 0)
      return "'" + S.Strands[0].Name + "'";
    if (Who == F.Who)
      return "this " + kindOf(T);
    return kindOf(T) + " " + std::to_string(Who);
  }

  void add(const Range &Where, std::string Text) {
    if (!Where.valid())
      return;
    Out.Notes.push_back({Where, "(" + std::to_string(Out.Notes.size() + 1) +
                                    ") " + std::move(Text)});
  }

  void add(SiteId Site, std::string Text) {
    if (Site != kNoSite)
      add(X.Sc.step(Site).Do.Where, std::move(Text));
  }

  const Edge &edgeOf(const WitnessStep &W) const {
    return S.Strands[W.Strand].Places[W.At].Edges[W.EdgeIndex];
  }

  void followWitness() {
    Exchanges = size_t(std::count_if(
        F.Witness.begin(), F.Witness.end(),
        [&](const WitnessStep &W) { return isExchange(edgeOf(W)); }));
    unsigned Born = 1;
    for (size_t I = 0; I < F.Witness.size(); ++I) {
      const WitnessStep &W = F.Witness[I];
      const Edge &E = edgeOf(W);
      if (E.What == Op::Spawn) {
        if (!S.Strands[E.Arg].Places[0].Edges.empty())
          tellSpawn(W, E, Born++);
      } else if (E.What == Op::Make && Channels.count(E.On)) {
        tellMake(W, E);
      } else if (isExchange(E)) {
        tellExchange(W, E);
      }
      tellLeaving(I, W.Who, W.Strand, W.At, E);
      if (W.Meets)
        tellLeaving(I, W.PartnerWho, W.PartnerStrand, W.PartnerAt,
                    S.Strands[W.PartnerStrand]
                        .Places[W.PartnerAt]
                        .Edges[W.PartnerEdge]);
    }
  }

  bool isExchange(const Edge &E) const {
    return Channels.count(E.On) &&
           (E.What == Op::Send || E.What == Op::Recv ||
            E.What == Op::RecvValue || E.What == Op::Close);
  }

  std::string room(ObjectId O) const {
    Bound B = S.Objects[O].Capacity;
    if (B.Kind != Bound::Constant)
      return "a capacity";
    return "capacity " + std::to_string(B.Value);
  }

  void tellMake(const WitnessStep &W, const Edge &E) {
    add(E.Site, nameOf(W.Who, W.Strand) + " makes '" + S.Objects[E.On].Name +
                    "' with " + room(E.On));
  }

  void tellSpawn(const WitnessStep &W, const Edge &E, unsigned Born) {
    StrandId Child = StrandId(E.Arg);
    if (Born == F.Who)
      add(E.Site, nameOf(W.Who, W.Strand) + " starts the " + kindOf(Child) +
                      " that will block");
    else if (helpsDirectly(Child) && Child != F.Strand)
      add(E.Site, nameOf(W.Who, W.Strand) + " starts " + nameOf(Born, Child));
  }

  void tellExchange(const WitnessStep &W, const Edge &E) {
    ++Told;
    if (E.What == Op::Recv || E.What == Op::RecvValue)
      ++Received[W.Who];
    if (W.Meets)
      ++Received[W.PartnerWho];
    if (Told > kMaxExchanges / 2 && Told + kMaxExchanges / 2 <= Exchanges)
      return;
    std::string Text = nameOf(W.Who, W.Strand);
    Text += E.What == Op::Send    ? " sends to '"
            : E.What == Op::Close ? " closes '"
                                  : " receives from '";
    Text += S.Objects[E.On].Name + "'";
    if (W.Meets)
      Text += ", " + nameOf(W.PartnerWho, W.PartnerStrand) + " receives";
    add(E.Site, Text);
  }

  /// Whether this step takes a strand past the last point from which it could
  /// help; says so where the reader sees it.
  void tellLeaving(size_t I, unsigned Who, StrandId T, PlaceId At,
                   const Edge &E) {
    if (Who == F.Who || !helpsDirectly(T) || !helpful(T)[At] ||
        helpful(T)[E.To])
      return;
    auto [Where, Returns] = placeOfLeaving(I, Who, T, E);
    std::string Act = Out.IsSend ? "receives from '" : "closes '";
    if (!Out.IsSend && !NeedsClose)
      Act = "sends to '";
    bool Chooses = !Returns && choosesOtherwise(T, At);
    std::string Text = nameOf(Who, T) + (Returns   ? " returns"
                                         : Chooses ? " takes another case"
                                                   : " goes on");
    std::string Channel = S.Objects[Out.Channel].Name + "'";
    unsigned Times = Received[Who];
    add(Where,
        Text + (Times ? " and never again " : " and never ") + Act + Channel);
    if (!Out.Cause.empty())
      return;
    Out.Cause = nameOf(Who, T) + " can " +
                (Returns   ? "return"
                 : Chooses ? "take another case of its select"
                           : "go on");
    if (Out.IsSend && Times)
      Out.Cause += " after " + std::to_string(Times) +
                   (Times == 1 ? " receive from '" : " receives from '") +
                   Channel;
    else
      Out.Cause += " without " +
                   std::string(Out.IsSend   ? "receiving from '"
                               : NeedsClose ? "closing '"
                                            : "sending to '") +
                   Channel;
  }

  /// The place is a select with a case that would help.
  bool choosesOtherwise(StrandId T, PlaceId At) const {
    const auto &Edges = S.Strands[T].Places[At].Edges;
    return Edges.size() > 1 &&
           std::any_of(Edges.begin(), Edges.end(),
                       [&](const Edge &E) { return helps(E); });
  }

  /// The first return at or after step I of a strand, else the next thing that
  /// it does, else the end of its function.
  std::pair<Range, bool> placeOfLeaving(size_t I, unsigned Who, StrandId T,
                                        const Edge &E) {
    if (E.Site != kNoSite && !isExchange(E))
      return {X.Sc.step(E.Site).Do.Where,
              X.Sc.step(E.Site).Do.Kind == OpKind::Return};
    for (size_t J = I + 1; J < F.Witness.size(); ++J) {
      const WitnessStep &W = F.Witness[J];
      const Edge &Next = edgeOf(W);
      if (W.Who != Who || Next.Site == kNoSite)
        continue;
      const heddle::Step &At = X.Sc.step(Next.Site);
      return {At.Do.Where, At.Do.Kind == OpKind::Return};
    }
    return {endOf(X.Sc.Strands[T].Function), true};
  }

  Range endOf(FunctionId Fn) const {
    if (Fn == kNone)
      return {};
    Range R = U.function(Fn).Body;
    if (!R.valid() || R.End == R.Begin)
      return {};
    R.Begin = R.End - 1;
    R.Line = R.EndLine;
    R.Col = R.EndCol - 1;
    return R;
  }

  /// Strands that could help but wait themselves.
  void tellEnd() {
    for (const Resting &R : F.End) {
      if (R.Who == F.Who || !helpful(R.Strand)[R.At])
        continue;
      const auto &Edges = S.Strands[R.Strand].Places[R.At].Edges;
      auto It = std::find_if(Edges.begin(), Edges.end(), [](const Edge &E) {
        return mayBlock(E.What) && E.Site != kNoSite;
      });
      if (It == Edges.end() || R.Strand == F.Strand)
        continue;
      add(It->Site, nameOf(R.Who, R.Strand) + " waits here for ever");
      if (Out.Cause.empty())
        Out.Cause = nameOf(R.Who, R.Strand) + " can be stuck before it " +
                    (Out.IsSend ? "receives" : "sends or closes");
    }
  }

  const Explored &X;
  const Unit &U;
  const Skeleton &S;
  const Blocked &F;
  Story Out;
  std::set<ObjectId> Channels;
  bool NeedsClose = false;
  std::map<StrandId, std::vector<bool>> Helpful;
  std::map<unsigned, unsigned> Received;
  size_t Exchanges = 0, Told = 0;
};

} // namespace

Story tell(const Explored &X, const Blocked &F) { return Teller(X, F).run(); }

} // namespace heddle::skeleton
