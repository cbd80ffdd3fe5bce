// Identity, order and printing of findings.
#include "report/Finding.h"

#include "detect/Options.h"
#include "platform/Process.h"
#include "report/AllowComments.h"
#include "report/Output.h"
#include "report/Suppressions.h"
#include "report/Symbolizer.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace heddle {
namespace {

// Never destroyed: reports may come after static destructors.
std::vector<Finding> &list() {
  static auto *All = new std::vector<Finding>;
  return *All;
}

// Ids of findings that the user does not want to hear of.
std::set<std::string> &silenced() {
  static auto *Ids = new std::set<std::string>;
  return *Ids;
}

// FNV-1a, 64 bits.
uint64_t hash(const std::string &Text) {
  uint64_t H = 0xcbf29ce484222325ULL;
  for (unsigned char C : Text)
    H = (H ^ C) * 0x100000001b3ULL;
  return H;
}

// A frame without anything that differs between two builds' folders or runs.
std::string frameKey(const Frame &F) {
  const std::string &Path = F.File.empty() ? F.Module : F.File;
  std::string Base = Path.substr(Path.rfind('/') + 1);
  std::string Key = functionText(F.Function) + "|" + Base;
  return F.File.empty() ? Key + format("+%zx", size_t(F.Offset))
                        : Key + format(":%d", F.Line);
}

} // namespace

std::string findingId(const Finding &F, const std::string &Kind) {
  std::vector<std::string> Keys;
  for (const FindingSide &S : F.Sides)
    if (const Frame *User = userFrame(S.Stack))
      Keys.push_back(frameKey(*User));
  std::sort(Keys.begin(), Keys.end());
  std::string All = Kind;
  for (const std::string &K : Keys)
    All += "\n" + K;
  uint64_t H = hash(All);
  unsigned Low = unsigned(H ^ (H >> 32));
  return format("%04x-%04x", Low >> 16, Low & 0xffff);
}

bool isWanted(const Finding &F) {
  for (Finding &Known : list())
    if (Known.Id == F.Id) {
      ++Known.Seen;
      return false;
    }
  bool Silent = suppressions().silence(F) || isAllowed(F);
  if (Silent)
    silenced().insert(F.Id);
  return !Silent;
}

size_t silencedFindings() { return silenced().size(); }

namespace {

std::string ownShape(const Finding &F, const std::string &Body) {
  std::string Line = "heddle: " + F.Title;
  size_t Gap = Line.size() < 88 ? 92 - Line.size() : 4;
  return Line + std::string(Gap, ' ') + "id " + F.Id + "\n" + Body;
}

} // namespace

void addFinding(Finding F, const std::string &Body) {
  bool Own = F.Text.empty();
  if (Own)
    F.Text = ownShape(F, Body);
  size_t Limit = size_t(gOptions.MaxReports);
  if (Limit == 0 || list().size() < Limit)
    Own ? printReport(F.Text) : print(F.Text);
  list().push_back(std::move(F));
}

const std::vector<Finding> &findings() { return list(); }
void dropFindings() {
  list().clear();
  silenced().clear();
}

std::string strandText(const StrandInfo &Who) {
  std::string Text =
      format("%c%llu", Who.IsGoroutine ? 'G' : 'T', (unsigned long long)Who.Id);
  if (Who.Name && *Who.Name)
    Text += format(" \"%s\"", Who.Name);
  return Text;
}

FindingSide makeSide(const std::string &What, const StrandInfo &Who,
                     StackRef Stack) {
  FindingSide S;
  S.What = What;
  S.Strand = strandText(Who);
  S.StrandId = Who.Id;
  S.IsGoroutine = Who.IsGoroutine;
  S.Stack = symbolize(Stack);
  S.SpawnStack = symbolize(Who.CreationStack);
  const Frame *Created = userFrame(S.SpawnStack);
  if (Created && (Created->IsUser || !Who.SpawnSite.File)) {
    S.Spawned = *Created;
  } else if (Who.SpawnSite.File) {
    S.Spawned.File = Who.SpawnSite.File;
    S.Spawned.Function = Who.SpawnSite.Function ? Who.SpawnSite.Function : "";
    S.Spawned.Line = Who.SpawnSite.Line;
    S.Spawned.Column = Who.SpawnSite.Column;
    S.Spawned.IsUser = true;
    S.SpawnStack = {S.Spawned};
  }
  return S;
}

std::string sidePlace(const FindingSide &Side) {
  const Frame *F = userFrame(Side.Stack);
  return F ? placeText(*F) : "at an unknown place";
}

std::string sideSource(const FindingSide &Side) {
  const Frame *F = userFrame(Side.Stack);
  return F ? sourceText(F->File, F->Line, F->Column) : "";
}

namespace {

std::string allFrames(const Frames &Stack) {
  std::string Text;
  int Index = 0;
  for (const Frame &F : Stack)
    Text += format("        #%d %s %s\n", Index++,
                   F.Function.empty() ? "??" : F.Function.c_str(),
                   placeText(F).c_str());
  return Text;
}

bool wantsAllFrames() { return !strcmp(gOptions.Frames, "all"); }

constexpr int kCallers = 2; // shown in a folded stack

} // namespace

std::string sideCallers(const FindingSide &Side) {
  std::string Text;
  const Frame *User = userFrame(Side.Stack);
  int Shown = 0;
  if (User && User->IsUser && !wantsAllFrames())
    for (const Frame *F = User + 1; F < &*Side.Stack.end(); ++F)
      if (F->IsUser && Shown++ < kCallers)
        Text += (Shown == 1 ? "via " : " < ") + placeText(*F) + " " +
                functionText(F->Function);
  if (Side.Spawned.Line || !Side.Spawned.Module.empty())
    Text += std::string(Text.empty() ? "" : "  ") + "<- spawned at " +
            placeText(Side.Spawned) + " " + functionText(Side.Spawned.Function);
  if (!Text.empty())
    Text = "             " + Text + "\n";
  return wantsAllFrames() ? allFrames(Side.Stack) + Text : Text;
}

std::string table(const std::vector<std::vector<std::string>> &Rows) {
  std::vector<size_t> Widths;
  for (const auto &Row : Rows)
    for (size_t I = 0; I < Row.size(); ++I) {
      Widths.resize(std::max(Widths.size(), I + 1));
      Widths[I] = std::max(Widths[I], Row[I].size());
    }
  std::string Text;
  for (const auto &Row : Rows) {
    std::string Line;
    for (size_t I = 0; I < Row.size(); ++I)
      if (Widths[I])
        Line += "  " + Row[I] + std::string(Widths[I] - Row[I].size(), ' ');
    Line.resize(Line.find_last_not_of(' ') + 1);
    Text += Line + "\n";
  }
  return Text;
}

} // namespace heddle
