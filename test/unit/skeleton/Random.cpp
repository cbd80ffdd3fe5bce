// Random skeletons: few objects, few places, every kind of operation.
#include "Random.h"

#include <random>

namespace heddle::skeleton {

namespace {

class Maker {
public:
  explicit Maker(uint32_t Seed) : Rng(Seed) {}

  Skeleton make() {
    addObjects();
    S.Guards = uint8_t(below(3));
    unsigned Strands = 2 + below(3);
    for (unsigned T = 0; T < Strands; ++T) {
      Strand New;
      New.Name = "s" + std::to_string(T);
      New.LocalGuards = uint8_t(below(2));
      New.Counters = 1;
      New.Places.resize(3 + below(4));
      S.Strands.push_back(New);
    }
    for (unsigned T = 0; T < Strands; ++T)
      fill(T);
    startAll();
    return S;
  }

private:
  unsigned below(unsigned N) { return unsigned(Rng() % N); }
  bool oneIn(unsigned N) { return below(N) == 0; }

  void addObject(ObjectKind K, int Capacity, const char *Name) {
    Object O;
    O.Kind = K;
    O.Capacity = Bound::constant(Capacity);
    O.Escaped = oneIn(12);
    O.Name = Name + std::to_string(S.Objects.size());
    S.Objects.push_back(O);
  }

  void addObjects() {
    for (unsigned I = 0, E = 1 + below(2); I < E; ++I)
      addObject(ObjectKind::Channel, int(below(3)), "c");
    if (oneIn(2))
      addObject(ObjectKind::WaitGroup, 0, "wg");
    if (oneIn(2))
      addObject(ObjectKind::Lock, 0, "mu");
    if (oneIn(4))
      addObject(ObjectKind::Cond, 0, "cv");
    if (oneIn(4))
      addObject(ObjectKind::Once, 0, "once");
  }

  Edge operation() {
    Edge E;
    E.On = ObjectId(below(unsigned(S.Objects.size())));
    auto Pick = [&](std::initializer_list<Op> Of) {
      return Of.begin()[below(unsigned(Of.size()))];
    };
    switch (S.Objects[E.On].Kind) {
    case ObjectKind::Channel:
      E.What = Pick({Op::Send, Op::Send, Op::Recv, Op::Recv, Op::RecvValue,
                     Op::RecvClosed, Op::Close, Op::Cancel, Op::Escape});
      break;
    case ObjectKind::WaitGroup:
      E.What = Pick({Op::Add, Op::Add, Op::Wait});
      E.Arg = oneIn(2) ? 1 : -1;
      break;
    case ObjectKind::Lock:
      E.What = Pick({Op::Lock, Op::Unlock, Op::RLock, Op::RUnlock});
      break;
    case ObjectKind::Cond:
      E.What = Pick({Op::CondWake, Op::Signal, Op::Broadcast});
      break;
    case ObjectKind::Once:
      E.What = Pick({Op::OnceRun, Op::OnceEnd, Op::OncePass});
      break;
    }
    return E;
  }

  Edge silent() {
    Edge E;
    if (oneIn(12))
      E.What = Op::Halt;
    return E;
  }

  void fill(unsigned T) {
    Strand &This = S.Strands[T];
    for (size_t P = 0; P + 1 < This.Places.size(); ++P) {
      unsigned Edges = oneIn(3) ? 2 : 1;
      for (unsigned I = 0; I < Edges; ++I) {
        Edge E = oneIn(4) ? silent() : operation();
        // Mostly forward; now and then a loop.
        E.To = PlaceId(
            oneIn(6) ? below(unsigned(This.Places.size()))
                     : P + 1 + below(unsigned(This.Places.size() - P - 1)));
        E.Assumed = oneIn(10);
        if (This.LocalGuards && oneIn(8))
          E.Sets = {0, oneIn(2), true};
        This.Places[P].Edges.push_back(E);
      }
      decorate(This, This.Places[P]);
    }
  }

  void decorate(const Strand &This, Place &P) {
    if (P.Edges.size() == 2 && oneIn(2) && (S.Guards || This.LocalGuards)) {
      Guard G;
      G.PerStrand = This.LocalGuards && (!S.Guards || oneIn(2));
      G.Index = G.PerStrand ? 0 : uint8_t(below(S.Guards));
      P.Edges[0].If = G;
      G.Positive = false;
      P.Edges[1].If = G;
    } else if (P.Edges.size() == 2 && mayBlock(P.Edges[0].What) && oneIn(3)) {
      P.Edges[1].What = Op::Otherwise;
      P.Edges[1].On = kNoObject;
    }
  }

  /// The root starts the others, first or somewhere on its way.
  void startAll() {
    for (unsigned T = 1; T < S.Strands.size(); ++T) {
      Strand &Root = S.Strands[oneIn(4) && T > 1 ? T - 1 : 0];
      Edge E;
      E.What = Op::Spawn;
      E.Arg = int16_t(T);
      // The old first place moves to the end of the list.
      Root.Places.push_back(Root.Places[0]);
      E.To = PlaceId(Root.Places.size() - 1);
      for (Place &P : Root.Places)
        for (Edge &Old : P.Edges)
          if (Old.To == 0 && oneIn(2))
            Old.To = E.To;
      Root.Places[0].Edges = {E};
    }
  }

  Skeleton S;
  std::mt19937 Rng;
};

} // namespace

Skeleton randomSkeleton(uint32_t Seed) { return Maker(Seed).make(); }

} // namespace heddle::skeleton
