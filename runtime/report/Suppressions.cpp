// Parsing and matching of suppressions.
#include "report/Suppressions.h"

#include "base/Pattern.h"
#include "report/NearestName.h"

#include <cstring>

namespace heddle {
namespace {

// What a kind silences: findings with one of these ids.
struct Kind {
  const char *Name;
  std::vector<const char *> Findings;
};

const std::vector<Kind> &kinds() {
  static const auto *All = new std::vector<Kind>{
      {"race", {"data-race", "vptr-race", "use-after-free"}},
      {"race_top", {"data-race", "vptr-race", "use-after-free"}},
      {"mutex", {"misuse"}},
      {"signal", {"misuse"}},
      {"deadlock", {"deadlock", "lock-order"}},
      {"lock-order", {"lock-order"}},
      {"leak", {"leak"}},
      {"thread", {"leak"}},
      {"called_from_lib", {}},
      {"data-race", {"data-race"}},
      {"vptr-race", {"vptr-race"}},
      {"use-after-free", {"use-after-free"}},
      {"misuse", {"misuse"}}};
  return *All;
}

const Kind *findKind(const std::string &Name) {
  for (const Kind &K : kinds())
    if (Name == K.Name)
      return &K;
  return nullptr;
}

// Kinds that mean a part of the findings with an id only.
bool meansPart(const std::string &Kind, const Finding &F) {
  bool IsSignal =
      !F.Sides.empty() && F.Sides[0].What.find("signal") != std::string::npos;
  if (Kind == "thread")
    return !F.Sides.empty() && !F.Sides[0].IsGoroutine;
  return Kind == "signal" ? IsSignal : Kind != "mutex" || !IsSignal;
}

bool means(const Suppression &S, const Finding &F) {
  for (const char *Id : findKind(S.Kind)->Findings)
    if (F.Kind == Id)
      return meansPart(S.Kind, F);
  return false;
}

bool matches(const Suppression &S, const std::string &Text) {
  return matchesPattern(S.Pattern.c_str(), Text.c_str());
}

bool matches(const Suppression &S, const Frame &F) {
  return matches(S, F.Function) || matches(S, F.File) || matches(S, F.Module);
}

bool matches(const Suppression &S, const Frames &Stack) {
  for (const Frame &F : Stack)
    if (matches(S, F))
      return true;
  return false;
}

bool matches(const Suppression &S, const Finding &F) {
  for (const FindingSide &Side : F.Sides) {
    if (S.Kind == "race_top") {
      if (!Side.Stack.empty() && matches(S, Side.Stack.front()))
        return true;
    } else if (matches(S, Side.Stack) || matches(S, Side.SpawnStack)) {
      return true;
    }
  }
  return S.Kind != "race_top" && F.Where.Kind == LocationKind::Global &&
         (matches(S, F.Where.Name) || matches(S, F.Where.Declared.Module));
}

std::string trim(const std::string &Text) {
  size_t Begin = Text.find_first_not_of(" \t\r");
  if (Begin == std::string::npos)
    return "";
  return Text.substr(Begin, Text.find_last_not_of(" \t\r") + 1 - Begin);
}

// What is wrong with a line, or an empty string.
std::string parseLine(const std::string &Line, Suppression &Out) {
  if (Line.find('\0') != std::string::npos)
    return "the line holds a zero byte";
  size_t Colon = Line.find(':');
  Out.Kind = Line.substr(0, Colon);
  if (Colon == std::string::npos)
    return "a suppression is kind:pattern, and '" + Line + "' has no colon";
  if (!findKind(Out.Kind)) {
    std::vector<const char *> Names;
    for (const Kind &K : kinds())
      Names.push_back(K.Name);
    return "unknown kind '" + Out.Kind + "'; did you mean '" +
           nearestName(Out.Kind, Names) + "'?";
  }
  Out.Pattern = Line.substr(Colon + 1);
  return Out.Pattern.empty()
             ? "'" + Line + "' has no pattern; for all, write " + Line + "*"
             : "";
}

} // namespace

std::vector<std::string> Suppressions::add(const std::string &Text,
                                           const std::string &File) {
  std::vector<std::string> Wrong;
  int Number = 0;
  for (size_t At = 0, End; At < Text.size(); At = End + 1) {
    End = Text.find('\n', At);
    End = End == std::string::npos ? Text.size() : End;
    std::string Line = trim(Text.substr(At, End - At));
    ++Number;
    if (Line.empty() || Line[0] == '#')
      continue;
    Suppression S;
    S.File = File;
    S.Line = Number;
    std::string Mistake = parseLine(Line, S);
    if (Mistake.empty())
      All.push_back(std::move(S));
    else
      Wrong.push_back(format("%s:%d: ", File.c_str(), Number) + Mistake);
  }
  return Wrong;
}

bool Suppressions::silence(const Finding &F) {
  for (Suppression &S : All)
    if (means(S, F) && matches(S, F))
      return ++S.Matched;
  return false;
}

std::vector<const Suppression *> Suppressions::unused() const {
  std::vector<const Suppression *> Unused;
  for (const Suppression &S : All)
    if (!S.Matched && !S.File.empty() && S.Kind != "called_from_lib")
      Unused.push_back(&S);
  return Unused;
}

} // namespace heddle
