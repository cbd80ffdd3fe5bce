// From records to the functions of a unit.
#include "facts/summary/Record.h"

#include "facts/Keys.h"
#include "facts/summary/Bytes.h"
#include "facts/summary/Exchange.h"

#include <algorithm>

namespace heddle {
namespace {

RecordHeader takeHeader(ByteReader &In) {
  RecordHeader H;
  H.Usr = In.text();
  H.Kind = FunctionKind(std::min<uint64_t>(In.number(), 4));
  uint64_t Flags = In.number();
  H.External = Flags & 1;
  H.InMainFile = Flags & 2;
  H.Concurrent = Flags & 4;
  H.Functions = In.count();
  H.Refs.resize(In.count());
  for (FunctionRef &R : H.Refs) {
    R.Usr = In.text();
    uint64_t Bits = In.number();
    R.Internal = Bits & 1;
    R.Elsewhere = Bits & 2;
  }
  if (H.Functions == 0)
    In.fail();
  return H;
}

class Reader {
public:
  Reader(std::string_view Bytes, const RecordPlace &Place)
      : In(Bytes), Place(Place), U(Place.U), Header(takeHeader(In)) {}

  bool read() {
    readTexts();
    readFiles();
    readObjects();
    readPaths();
    readSources();
    readConditions();
    for (uint32_t I = 0; I < Header.Functions && !In.bad(); ++I)
      readFunction(I);
    return !In.bad() && In.atEnd();
  }

  void number(uint32_t &N) { N = In.number32(); }
  void integer(int64_t &N) { N = In.integer(); }
  void difference(uint32_t &N, uint32_t From) {
    N = uint32_t(int64_t(From) + In.integer());
    if (N < From)
      In.fail();
  }
  // Checked against what it counts when the function is complete.
  void index(uint32_t &I) {
    uint32_t N = In.number32();
    I = N == 0 ? kNone : N - 1;
  }
  template <class E> void choice(E &Value, E Last) {
    uint64_t N = In.number();
    if (N > uint64_t(Last))
      In.fail();
    Value = In.bad() ? E() : E(N);
  }
  void flags(std::initializer_list<bool *> All) {
    uint64_t Bits = In.number();
    for (bool *Each : All) {
      *Each = Bits & 1;
      Bits >>= 1;
    }
  }
  template <class T, class F> void list(std::vector<T> &All, F Each) {
    All.resize(In.count());
    for (T &One : All)
      Each(One);
  }
  void text(std::string &Out) { Out = at(Texts, std::string()); }
  void file(uint32_t &F) { F = at(Files, kNone); }
  void key(std::string &Out) {
    text(Out);
    Out = withIds(Out);
  }
  void path(PathId &P) { P = at(Paths, kNone); }
  void object(ObjectId &O) { O = at(Objects, kNone); }
  void condition(CondId &C) { C = at(Conditions, kNone); }
  void function(FunctionId &F) { F = functionAt(In.number()); }
  // A body that another file holds is a body like any other from here on; see
  // joinCalls().
  void elsewhere(uint32_t &E) { E = functionAt(In.number()); }

private:
  template <class T> T at(const std::vector<T> &Table, T Nothing) {
    uint64_t N = In.number();
    if (N > Table.size())
      In.fail();
    return N == 0 || In.bad() ? Nothing : Table[N - 1];
  }
  FunctionId functionAt(uint64_t N) {
    if (N == 0)
      return kNone;
    if (N <= Header.Functions)
      return Place.First + FunctionId(N) - 1;
    N -= Header.Functions + 1;
    if (N >= Place.Targets.size())
      In.fail();
    return In.bad() ? kNone : Place.Targets[N];
  }
  std::string withIds(const std::string &Key) {
    return replaceMarks(Key, [&](uint32_t N) {
      if (N > Paths.size())
        In.fail();
      return mark(N == 0 || In.bad() ? PathId(U.Paths.size()) : Paths[N - 1]);
    });
  }

  void readTexts() {
    Texts.resize(In.count());
    for (std::string &T : Texts)
      T = In.text();
  }
  void readFiles() {
    std::vector<std::string> Names(In.count());
    for (std::string &N : Names)
      text(N);
    for (const std::string &N : Names)
      Files.push_back(fileOf(N));
  }
  uint32_t fileOf(const std::string &Path) {
    for (uint32_t I = 0; I < U.Files.size(); ++I)
      if (U.Files[I].Path == Path)
        return I;
    U.Files.push_back({Path, {}});
    return uint32_t(U.Files.size() - 1);
  }
  void readObjects() {
    uint32_t N = In.count();
    for (uint32_t I = 0; I < N && !In.bad(); ++I) {
      Object O;
      exchange(*this, O);
      Objects.push_back(!O.Usr.empty() ? Place.Global(std::move(O))
                                       : U.Paths.addObject(std::move(O)));
    }
  }
  void readPaths() {
    uint32_t N = In.count();
    for (uint32_t I = 0; I < N && !In.bad(); ++I)
      Paths.push_back(readPath());
  }
  PathId readPath() {
    StepKind K;
    choice(K, StepKind::Index);
    PathId Base = kNone;
    ObjectId Root = kNone;
    if (K == StepKind::Root)
      object(Root);
    else
      path(Base);
    std::string Label, Class;
    text(Label);
    text(Class);
    TypeRole Role;
    choice(Role, TypeRole::Scope);
    bool Handle = In.number();
    if (Base == kNone && Root == kNone)
      In.fail();
    if (In.bad())
      return kNone;
    if (K == StepKind::Root)
      return U.Paths.root(Root);
    if (K == StepKind::Index && Label.find('"') != 0)
      Label = withIds(Label);
    return U.Paths.extend(Base, K, Label, Role, Handle,
                          Class.empty() ? Class : Place.ClassName(Class));
  }
  void readSources() {
    uint32_t N = In.count();
    for (uint32_t I = 0; I < N; ++I) {
      ObjectId O;
      PathId P;
      object(O);
      path(P);
      if (O != kNone)
        U.Paths.object(O).Source = P;
    }
  }
  void readConditions() {
    uint32_t N = In.count();
    for (uint32_t I = 0; I < N && !In.bad(); ++I) {
      Condition C;
      exchange(*this, C);
      Conditions.push_back(CondId(U.Conditions.size()));
      U.Conditions.push_back(std::move(C));
    }
  }

  void readFunction(uint32_t I) {
    Function F;
    exchange(*this, F);
    bool Behind = F.Parent == kNone || F.Parent < Place.First + I;
    if (!Behind || !isSound(F))
      In.fail();
    if (In.bad())
      return;
    for (Op &O : F.Ops)
      joinCall(O, F);
    U.Functions[Place.First + I] = std::move(F);
  }

  // The call of a body that is now there; what was guessed of it is void.
  static void joinCall(Op &O, Function &F) {
    if (O.ArgBodies.size() == O.ArgsElsewhere.size())
      for (size_t I = 0; I < O.ArgBodies.size(); ++I)
        if (O.ArgBodies[I] == kNone)
          O.ArgBodies[I] = O.ArgsElsewhere[I];
    O.ArgsElsewhere.clear();
    if (O.Callee != kNone || O.Elsewhere == kNone)
      return;
    O.Callee = O.Elsewhere;
    if (O.Kind == OpKind::Link)
      O.Kind = OpKind::Call;
    size_t Self = size_t(&O - F.Ops.data());
    for (size_t I = Self - std::min<size_t>(Self, O.Guesses); I < Self; ++I) {
      F.Ops[I] = Op();
      F.Ops[I].Kind = OpKind::Link;
    }
  }

  static bool isSound(const Function &F) {
    auto Within = [](uint32_t I, size_t Size) {
      return I == kNone || I < Size;
    };
    size_t Blocks = F.Blocks.size(), Loops = F.Loops.size();
    bool Sound = Blocks == 0 || (F.Entry < Blocks && F.Exit < Blocks);
    for (const Block &B : F.Blocks) {
      Sound &= B.Last <= F.Ops.size() && Within(B.Loop, Loops);
      for (const Edge &E : B.Succs)
        Sound &= E.To < Blocks;
      for (BlockId P : B.Preds)
        Sound &= P < Blocks;
    }
    for (size_t I = 0; I < Loops; ++I) {
      const Loop &L = F.Loops[I];
      Sound &= Within(L.Parent, Loops) && L.Header < Blocks;
      size_t Depth = 0;
      for (LoopId At = LoopId(I); Sound && At != kNone; ++Depth) {
        Sound &= Depth <= Loops && Within(F.Loops[At].Parent, Loops);
        At = F.Loops[At].Parent;
      }
      for (BlockId B : L.Blocks)
        Sound &= B < Blocks;
    }
    return Sound;
  }

  ByteReader In;
  const RecordPlace &Place;
  Unit &U;
  RecordHeader Header;
  std::vector<std::string> Texts;
  std::vector<uint32_t> Files;
  std::vector<ObjectId> Objects;
  std::vector<PathId> Paths;
  std::vector<CondId> Conditions;
};

} // namespace

bool readHeader(std::string_view Bytes, RecordHeader &Out) {
  ByteReader In(Bytes);
  Out = takeHeader(In);
  return !In.bad();
}

bool readRecord(std::string_view Bytes, const RecordPlace &Place) {
  return Reader(Bytes, Place).read();
}

} // namespace heddle
