// The parser that follows from the lines of heddle/Options.def.
#include "report/OptionParser.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace heddle {
namespace {

bool parse(const std::string &Text, bool &Out) {
  for (const char *Yes : {"", "1", "true", "on", "yes"})
    if (Text == Yes)
      return Out = true;
  Out = false;
  for (const char *No : {"0", "false", "off", "no"})
    if (Text == No)
      return true;
  return false;
}

bool parse(const std::string &Text, int64_t &Out) {
  char *End = nullptr;
  Out = strtoll(Text.c_str(), &End, 0);
  return !Text.empty() && !*End;
}

// The copy lives as long as the process.
bool parse(const std::string &Text, const char *&Out) {
  Out = strdup(Text.c_str());
  return Out;
}

const char *const kNames[] = {
#define HEDDLE_OPTION(Type, Member, Name, Default, Help) Name,
#include "heddle/Options.def"
};

// Levenshtein's distance.
size_t distance(const std::string &A, const std::string &B) {
  std::vector<size_t> Row(B.size() + 1);
  for (size_t J = 0; J <= B.size(); ++J)
    Row[J] = J;
  for (size_t I = 1; I <= A.size(); ++I) {
    size_t Diagonal = Row[0];
    Row[0] = I;
    for (size_t J = 1; J <= B.size(); ++J) {
      size_t Changed = Diagonal + (A[I - 1] != B[J - 1]);
      Diagonal = Row[J];
      Row[J] = std::min({Row[J] + 1, Row[J - 1] + 1, Changed});
    }
  }
  return Row[B.size()];
}

std::string nearest(const std::string &Name) {
  std::string Best = kNames[0];
  for (const char *N : kNames)
    if (distance(Name, N) < distance(Name, Best))
      Best = N;
  return Best;
}

std::string expected(bool) { return "0 or 1"; }
std::string expected(int64_t) { return "a number"; }
std::string expected(const char *) { return "a text"; }

std::string set(const std::string &Name, const std::string &Value,
                Options &Out) {
#define HEDDLE_OPTION(Type, Member, OptionName, Default, Help)                 \
  if (Name == OptionName)                                                      \
    return parse(Value, Out.Member)                                            \
               ? ""                                                            \
               : "option '" + Name + "' needs " + expected(Out.Member) +       \
                     ", not '" + Value + "'";
#include "heddle/Options.def"
  return "unknown option '" + Name + "'; did you mean '" + nearest(Name) + "'?";
}

// The words of a choice that an option's help line promises.
std::string checkChoices(const Options &O) {
  struct Choice {
    const char *Name, *Value;
    std::vector<const char *> Allowed;
  };
  const Choice All[] = {{"frames", O.Frames, {"user", "all"}},
                        {"color", O.Color, {"auto", "always", "never"}},
                        {"compat", O.Compat, {"none", "tsan"}}};
  for (const Choice &C : All) {
    bool Found = false;
    std::string List;
    for (const char *A : C.Allowed) {
      Found |= !strcmp(A, C.Value);
      List += (List.empty() ? "" : ", ") + std::string(A);
    }
    if (!Found)
      return std::string("option '") + C.Name + "' is one of " + List +
             ", not '" + C.Value + "'";
  }
  return "";
}

std::string setItem(const std::string &Item, Options &Out) {
  size_t Equals = Item.find('=');
  std::string Value =
      Equals == std::string::npos ? "" : Item.substr(Equals + 1);
  return set(Item.substr(0, Equals), Value, Out);
}

} // namespace

std::string parseOptions(const std::string &Text, Options &Out) {
  std::string Item, Error;
  for (size_t I = 0; I <= Text.size() && Error.empty(); ++I) {
    bool Escaped = Text.compare(I, 2, "\\,") == 0;
    if (Escaped)
      ++I;
    if (I < Text.size() && (Text[I] != ',' || Escaped)) {
      Item += Text[I];
      continue;
    }
    if (!Item.empty())
      Error = setItem(Item, Out);
    Item.clear();
  }
  return Error.empty() ? checkChoices(Out) : Error;
}

} // namespace heddle
