// The report of a race or of a use after free.
#include "detect/Options.h"
#include "report/Container.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"

namespace heddle {
namespace {

const char *accessText(AccessKind Kind) {
  switch (Kind) {
  case AccessKind::Read:
    return "read";
  case AccessKind::Write:
    return "write";
  case AccessKind::AtomicRead:
    return "atomic read";
  case AccessKind::AtomicWrite:
    return "atomic write";
  case AccessKind::Free:
    return "free";
  case AccessKind::Allocation:
    return "allocation";
  }
  return "access";
}

FindingSide accessSide(const AccessInfo &A) {
  FindingSide S = makeSide(accessText(A.Kind), A.Who, A.Stack);
  S.Size = A.Size;
  S.HoldingKnown = A.LocksKnown;
  for (size_t I = 0; I < A.LockCount; ++I) {
    const HeldLock &L = A.Locks[I];
    const Frames At = symbolize(L.Taken);
    const Frame *Taken = userFrame(At);
    HeldName Held{lockName(L.Lock, Taken), L.Exclusive, {}};
    if (Taken)
      Held.Taken = *Taken;
    S.Holding.push_back(std::move(Held));
  }
  return S;
}

std::string holdingText(const FindingSide &S) {
  if (!S.HoldingKnown)
    return "";
  if (S.Holding.empty())
    return "holding: nothing";
  std::string Text = "holding: ";
  for (const HeldName &H : S.Holding) {
    if (&H != &S.Holding.front())
      Text += ", ";
    Text += H.Name + (H.Exclusive ? "" : " shared");
    if (!H.Taken.Module.empty())
      Text += " (" + placeText(H.Taken) + ")";
  }
  return Text;
}

std::string operationText(const FindingSide &S) {
  std::string Source = sideSource(S);
  // 'operator[]' is '[' in the source.
  bool IsOperator = S.Operation.compare(0, 8, "operator") == 0;
  std::string Sign = IsOperator ? S.Operation.substr(8, 1) : S.Operation;
  bool Says = Sign.empty() || Source.find(Sign) != std::string::npos;
  return Says ? Source : Source + " (" + S.Operation + ")";
}

// Two lines that show how (1) and (2) came to run side by side; empty if they
// were not spawned one by the other or by the same strand.
std::string picture(const RaceReport &R, const Finding &F) {
  if (R.Ordered)
    return "";
  const StrandInfo &One = R.Previous.Who, &Two = R.Current.Who;
  const FindingSide &A = F.Sides[0], &B = F.Sides[1];
  std::string Intro = "  Nothing orders (1) and (2):  ";
  auto spawn = [](const FindingSide &S) {
    return S.Spawned.Line ? format("--spawn(%d)--", S.Spawned.Line)
                          : std::string("--spawn--");
  };
  auto fork = [&](const FindingSide &Parent, const FindingSide &Child,
                  int ParentMark, int ChildMark) {
    std::string Trunk = Intro + Parent.Strand + " " + spawn(Child) + "*";
    std::string Branch = " \\--> " + Child.Strand;
    return Trunk + std::string(Branch.size(), '-') +
           format("--(%d)-->\n", ParentMark) +
           std::string(Trunk.size() - 1, ' ') + Branch +
           format(" ---(%d)-->\n", ChildMark);
  };
  if (One.ParentId == Two.Id && One.IsGoroutine == Two.IsGoroutine)
    return fork(B, A, 2, 1);
  if (Two.ParentId == One.Id && One.IsGoroutine == Two.IsGoroutine)
    return fork(A, B, 1, 2);
  if (!One.ParentId || One.ParentId != Two.ParentId)
    return "";
  std::string Trunk = Intro + format("%c%llu --", One.IsGoroutine ? 'G' : 'T',
                                     (unsigned long long)One.ParentId);
  return Trunk + "*" + spawn(A) + "> " + A.Strand + " --(1)-->\n" +
         std::string(Trunk.size(), ' ') + "\\" + spawn(B) + "> " + B.Strand +
         " --(2)-->\n";
}

std::string raceKind(ReportKind Kind) {
  return Kind == ReportKind::UseAfterFree ? "use-after-free"
         : Kind == ReportKind::VptrRace   ? "vptr-race"
                                          : "data-race";
}

std::string raceTitle(const RaceReport &R, const Location &L) {
  const char *What = R.Kind == ReportKind::UseAfterFree ? "USE AFTER FREE"
                     : R.Kind == ReportKind::VptrRace
                         ? "DATA RACE on a vtable pointer,"
                         : "DATA RACE";
  std::string Detail = locationDetail(L);
  std::string Title = What;
  if (R.ExternalTitle)
    Title += " (" + std::string(R.ExternalTitle) + ")";
  return Title + " on " + locationTitle(L) +
         (Detail.empty() ? "" : "  " + Detail);
}

std::string body(const RaceReport &R, const Finding &F) {
  std::vector<std::vector<std::string>> Rows;
  for (size_t I = 0; I < 2; ++I) {
    const FindingSide &S = F.Sides[I];
    std::string End = holdingText(S);
    if (I == 1)
      End += std::string(End.empty() ? "" : "   ") + "<- just happened";
    Rows.push_back({format("(%zu) %s", I + 1, S.What.c_str()), S.Strand,
                    sidePlace(S), operationText(S), End});
  }
  std::string Text = table(Rows);
  Text.insert(Text.find('\n') + 1, sideCallers(F.Sides[0]));
  return Text + sideCallers(F.Sides[1]) + picture(R, F) +
         "  explain: heddle explain " + F.Kind + "\n";
}

// One defect is one report: the many low-level races between two operations
// on one container share the user's two lines, whatever they touch.
std::string identity(const Location &L, const Finding &F) {
  if (!L.Container.empty())
    return "container";
  return F.Kind + "|" + (L.Kind == LocationKind::Global ? L.Name : "");
}

// What both source lines call the container, for parts of it that the heap
// knows no name for.
void nameContainer(Location &L, const Finding &F) {
  bool OnHeap =
      L.Kind == LocationKind::Heap || L.Kind == LocationKind::FreedHeap;
  if (L.Container.empty() || !OnHeap)
    return;
  std::string Names[2];
  for (size_t I = 0; I < 2; ++I)
    if (const Frame *User = userFrame(F.Sides[I].Stack))
      Names[I] = sourceVariable(*User);
  if (Names[0] == Names[1])
    L.Name = Names[0];
}

// ': push_back vs size', or what is in the container if the user's own code has
// accessed it.
std::string callsText(const Location &L, const Finding &F) {
  const std::string &One = F.Sides[0].Operation, &Two = F.Sides[1].Operation;
  if (L.Container.empty())
    return "";
  bool IsPointer = L.Container.find("_ptr") != std::string::npos;
  if (One.empty() && Two.empty())
    return IsPointer ? ", the object" : ", an element";
  std::string Other = "an access";
  return ": " + (One.empty() ? Other : One) + " vs " +
         (Two.empty() ? Other : Two);
}

uint64_t hashOf(StackRef Stack) {
  uint64_t Hash = Stack.Size;
  for (size_t I = 0; I < Stack.Size; ++I)
    Hash = (Hash ^ Stack.Pcs[I]) * 0x9e3779b97f4a7c15ull;
  return Hash;
}

// What tells races apart as ThreadSanitizer does: both stacks, in any order.
std::string stacksText(const RaceReport &R) {
  return format(" %llx", (unsigned long long)(hashOf(R.Current.Stack) +
                                              hashOf(R.Previous.Stack)));
}

} // namespace

void reportRace(const RaceReport &R) {
  Finding F;
  F.Kind = raceKind(R.Kind);
  F.Sides = {accessSide(R.Previous), accessSide(R.Current)};
  F.Where = locate(reinterpret_cast<uintptr_t>(R.Current.Addr), R.Block);
  for (FindingSide &S : F.Sides) {
    ContainerUse Use = containerUse(S.Stack);
    S.Operation = Use.Operation;
    if (!Use.Type.empty() &&
        (F.Where.Container.empty() || Use.Type.find('<') != std::string::npos))
      F.Where.Container = Use.Type;
  }
  F.Id =
      findingId(F, identity(F.Where, F) + (compatTsan() ? stacksText(R) : ""));
  if (!isWanted(F))
    return;
  nameContainer(F.Where, F);
  F.Where.Calls = callsText(F.Where, F);
  F.Title = raceTitle(R, F.Where);
  std::string Body = body(R, F);
  if (compatTsan())
    F.Text = tsanText(R, F);
  addFinding(std::move(F), Body);
}

} // namespace heddle
