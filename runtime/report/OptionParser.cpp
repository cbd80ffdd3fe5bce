// The parser that follows from the lines of heddle/Options.def.
#include "report/OptionParser.h"

#include "report/NearestName.h"

#include <cstdlib>
#include <cstring>
#include <iterator>
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

std::string expected(bool) { return "0 or 1"; }
std::string expected(int64_t) { return "a number"; }
std::string expected(const char *) { return "a text"; }

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
  return setOption(Item.substr(0, Equals), Value, Out);
}

} // namespace

std::string setOption(const std::string &Name, const std::string &Value,
                      Options &Out) {
#define HEDDLE_OPTION(Type, Member, OptionName, Default, Help)                 \
  if (Name == OptionName)                                                      \
    return parse(Value, Out.Member)                                            \
               ? ""                                                            \
               : "option '" + Name + "' needs " + expected(Out.Member) +       \
                     ", not '" + Value + "'";
#include "heddle/Options.def"
  return "unknown option '" + Name + "'; did you mean '" +
         nearestName(Name, {std::begin(kNames), std::end(kNames)}) + "'?";
}

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
