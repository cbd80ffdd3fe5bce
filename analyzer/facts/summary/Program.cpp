// Names to bodies, what crosses files, and units made of several files.
#include "facts/summary/Program.h"

#include "facts/Hash.h"
#include "facts/Scope.h"

#include <algorithm>

namespace heddle {

// What one scope can be made of; its expansion has a budget of its own.
static constexpr size_t kMaxRecords = 800;
static constexpr size_t kMaxBytes = 4 << 20;

Program::Program(std::vector<Summary> All) : Units(std::move(All)) {
  addNames();
  resolveCalls();
  spread();
}

void Program::addNames() {
  Own.resize(Units.size());
  OwnGlobals.resize(Units.size());
  for (uint32_t U = 0; U < Units.size(); ++U) {
    const Summary &S = Units[U];
    for (uint32_t I = 0; I < S.Records.size(); ++I) {
      const RecordHeader &H = S.Records[I].Header;
      if (H.Usr.empty())
        continue;
      Own[U].emplace(H.Usr, I);
      if (!H.External)
        continue;
      auto [It, New] = Externals.try_emplace(H.Usr, Bodies{{U, I}, true});
      It->second.Agree &= record(It->second.First).Hash == S.Records[I].Hash;
    }
    for (const GlobalRecord &G : S.Globals) {
      if (!G.External) {
        OwnGlobals[U].emplace(G.Usr, &G);
        continue;
      }
      Global &All = Globals[G.Usr];
      All.Definers += G.Defined;
      if (G.Defined)
        All.Definer = U;
      All.EachDefines |= G.EachDefines;
      All.Assigned |= G.Assigned;
      All.CapturedByRef |= G.CapturedByRef;
      All.Mentions += G.Mentions;
    }
    for (const std::string &C : S.Classes)
      ++ClassUnits[C];
  }
}

RecordId Program::canonical(uint32_t Unit, uint32_t Index) const {
  const Record &R = Units[Unit].Records[Index];
  if (!R.Header.External)
    return {Unit, Index};
  RecordId First = Externals.at(R.Header.Usr).First;
  return record(First).Hash == R.Hash ? First : RecordId{Unit, Index};
}

RecordId Program::find(uint32_t Unit, const FunctionRef &Ref) const {
  if (auto It = Own[Unit].find(Ref.Usr); It != Own[Unit].end())
    return canonical(Unit, It->second);
  if (Ref.Internal)
    return {};
  auto It = Externals.find(Ref.Usr);
  return It != Externals.end() && It->second.Agree ? It->second.First
                                                   : RecordId{};
}

void Program::resolveCalls() {
  Nodes.resize(Units.size());
  for (uint32_t U = 0; U < Units.size(); ++U) {
    Nodes[U].resize(Units[U].Records.size());
    for (uint32_t I = 0; I < Nodes[U].size(); ++I) {
      const RecordHeader &H = Units[U].Records[I].Header;
      Node &N = Nodes[U][I];
      N.Concurrent = H.Concurrent;
      for (const FunctionRef &Ref : H.Refs) {
        RecordId To = find(U, Ref);
        N.Calls.push_back(To);
        N.Crosses |= Ref.Elsewhere && To.valid();
      }
    }
  }
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (uint32_t I = 0; I < Nodes[U].size(); ++I)
      for (RecordId To : Nodes[U][I].Calls)
        if (To.valid() && To != canonical(U, I))
          node(To).Used = true;
}

// From callees to callers. What a header's function does, its callers do.
void Program::spread() {
  std::map<RecordId, std::vector<RecordId>> Callers;
  std::vector<RecordId> Work;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (uint32_t I = 0; I < Nodes[U].size(); ++I) {
      RecordId Self{U, I};
      node(Self).Reaches = node(Self).Crosses;
      for (RecordId To : node(Self).Calls)
        if (To.valid())
          Callers[To].push_back(Self);
      Work.push_back(Self);
    }
  while (!Work.empty()) {
    RecordId At = Work.back();
    Work.pop_back();
    const Node &N = node(At);
    bool Inline = !record(At).Header.InMainFile;
    for (RecordId Caller : Callers[At]) {
      Node &C = node(Caller);
      bool Crosses = C.Crosses || (Inline && N.Crosses);
      bool Reaches = C.Reaches || N.Reaches;
      bool Concurrent = C.Concurrent || N.Concurrent;
      if (Crosses == C.Crosses && Reaches == C.Reaches &&
          Concurrent == C.Concurrent)
        continue;
      C.Crosses = Crosses;
      C.Reaches = Reaches;
      C.Concurrent = Concurrent;
      Work.push_back(Caller);
    }
  }
}

std::vector<RecordId> Program::roots() const {
  std::vector<RecordId> Roots;
  for (uint32_t U = 0; U < Units.size(); ++U)
    for (uint32_t I = 0; I < Nodes[U].size(); ++I) {
      const RecordHeader &H = Units[U].Records[I].Header;
      const Node &N = Nodes[U][I];
      if (!H.InMainFile || H.Kind == FunctionKind::Lambda || !N.Concurrent)
        continue;
      if (canonical(U, I) != RecordId{U, I})
        continue;
      if (N.Crosses || (N.Reaches && !N.Used))
        Roots.push_back({U, I});
    }
  return Roots;
}

// Nearest first, so that what does not fit is what lies deepest.
std::vector<RecordId> Program::closure(RecordId Root) const {
  std::vector<RecordId> All{Root};
  std::set<RecordId> Seen{Root};
  size_t Bytes = record(Root).Bytes.size();
  for (size_t At = 0; At < All.size(); ++At)
    for (RecordId To : node(All[At]).Calls) {
      if (!To.valid() || Seen.count(To) || All.size() >= kMaxRecords ||
          Bytes + record(To).Bytes.size() > kMaxBytes)
        continue;
      Seen.insert(To);
      Bytes += record(To).Bytes.size();
      All.push_back(To);
    }
  return All;
}

uint64_t Program::hash(RecordId Root) const {
  auto Number = [](uint64_t Hash, uint64_t N) {
    return hashText({reinterpret_cast<const char *>(&N), sizeof N}, Hash);
  };
  uint64_t Hash = kHashOfNothing;
  std::set<uint32_t> Files;
  for (RecordId R : closure(Root)) {
    Hash = Number(Hash, record(R).Hash);
    for (RecordId To : node(R).Calls)
      Hash = Number(Hash, To.valid() ? record(To).Hash : 0);
    Files.insert(R.Unit);
  }
  for (uint32_t U : Files) {
    for (const SummaryFile &F : Units[U].Files)
      Hash = Number(hashText(F.Path, Hash), F.Hash);
    for (const GlobalRecord &G : Units[U].Globals) {
      auto It = Globals.find(G.Usr);
      bool Shared = G.External && It != Globals.end();
      Hash = Number(hashText(G.Usr, Hash),
                    Shared ? It->second.Definers * 8 + It->second.Assigned * 4 +
                                 It->second.CapturedByRef * 2
                           : G.Assigned);
    }
  }
  return Hash;
}

std::string Program::globalIdentity(uint32_t Unit, const Object &O) const {
  auto It = Globals.find(O.Usr);
  bool Shared = O.External && It != Globals.end() &&
                (It->second.EachDefines || It->second.Definers < 2);
  return Shared ? O.Usr : O.Usr + "@" + std::to_string(Unit);
}

// Classes of the same name in two source files have nothing in common.
std::string Program::className(uint32_t Unit, const std::string &Class) const {
  auto It = ClassUnits.find(Class);
  bool Twin = It != ClassUnits.end() && It->second > 1 &&
              Units[Unit].Classes.count(Class);
  return Twin ? Class + " of " + Units[Unit].MainFile : Class;
}

// A constructor fills what its call makes.
static void completeCalls(Unit &U) {
  for (Function &F : U.Functions)
    for (Op &O : F.Ops) {
      if (O.Elsewhere == kNone)
        continue;
      O.Elsewhere = kNone;
      if (O.Callee != kNone && O.This == kNone &&
          U.function(O.Callee).Kind == FunctionKind::Constructor)
        std::swap(O.This, O.Result);
    }
}

// Ids that lead into a function that is larger where they were made.
static void dropStrays(Unit &U) {
  for (Condition &C : U.Conditions)
    if (C.Function != kNone && C.Op >= U.function(C.Function).Ops.size())
      C.Op = kNone;
  for (ObjectId O = 0; O < U.Paths.objects(); ++O) {
    Object &At = U.Paths.object(O);
    if (At.Owner == kNone || At.Loop >= U.function(At.Owner).Loops.size())
      At.Loop = kNone;
  }
}

std::optional<Unit> Program::assemble(RecordId Root) const {
  Unit U;
  U.MainFile = Units[Root.Unit].MainFile;
  U.Standard = Units[Root.Unit].Standard;
  std::vector<RecordId> All = closure(Root);
  std::map<RecordId, FunctionId> First;
  FunctionId Next = 0;
  for (RecordId R : All) {
    First[R] = Next;
    Next += record(R).Header.Functions;
  }
  U.Functions.resize(Next);
  std::map<std::string, ObjectId> Known;
  for (RecordId R : All) {
    auto Global = [&](Object O) {
      std::string Identity = globalIdentity(R.Unit, O);
      auto It = Known.find(Identity);
      if (It != Known.end())
        return It->second;
      if (auto G = Globals.find(O.Usr); O.External && G != Globals.end()) {
        O.Assigned = G->second.Assigned;
        O.CapturedByRef = G->second.CapturedByRef;
        O.Mentions = G->second.Mentions;
      } else if (auto Own = OwnGlobals[R.Unit].find(O.Usr);
                 Own != OwnGlobals[R.Unit].end()) {
        O.Assigned = Own->second->Assigned;
        O.CapturedByRef = Own->second->CapturedByRef;
        O.Mentions = Own->second->Mentions;
      }
      return Known[Identity] = U.Paths.addObject(std::move(O));
    };
    RecordPlace Place{U, First[R], {}, Global, [&](const std::string &Class) {
                        return className(R.Unit, Class);
                      }};
    for (RecordId To : node(R).Calls) {
      auto It = To.valid() ? First.find(To) : First.end();
      Place.Targets.push_back(It == First.end() ? kNone : It->second);
    }
    if (!readRecord(record(R).Bytes, Place))
      return std::nullopt;
  }
  U.Functions[0].InMainFile = true;
  completeCalls(U);
  dropStrays(U);
  spreadConcurrency(U);
  return U;
}

} // namespace heddle
