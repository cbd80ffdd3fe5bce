// The parser that follows from the lines of heddle/Options.def.
#include "report/OptionParser.h"

#include "report/NearestName.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <set>
#include <vector>

namespace heddle {

const char *keepText(const std::string &Text) {
  static auto *Kept = new std::set<std::string>;
  return Kept->insert(Text).first->c_str();
}

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
  errno = 0;
  Out = strtoll(Text.c_str(), &End, 0);
  return !Text.empty() && !*End && errno == 0;
}

bool parse(const std::string &Text, const char *&Out) {
  Out = keepText(Text);
  return true;
}

const char *const kNames[] = {
#define HEDDLE_OPTION(Type, Member, Name, Default, Help) Name,
#include "heddle/Options.def"
};

std::string expected(bool) { return "0 or 1"; }
std::string expected(int64_t) { return "a number"; }
std::string expected(const char *) { return "a text"; }

// Numbers outside would mean something else than they say: an exit code of 256
// is 0.
std::string checkRanges(const Options &O) {
  struct Range {
    const char *Name;
    int64_t Value, Least, Most;
  };
  constexpr int64_t kMany = 1 << 30;
  const Range All[] = {{"exit-code", O.ExitCode, 0, 255},
                       {"max-reports", O.MaxReports, 0, kMany},
                       {"deadlock-poll", O.DeadlockPoll, 1, kMany},
                       {"workers", O.Workers, 0, kMany}};
  for (const Range &R : All)
    if (R.Value < R.Least || R.Value > R.Most)
      return std::string("option '") + R.Name + "' lies between " +
             std::to_string(R.Least) + " and " + std::to_string(R.Most) +
             ", and is not " + std::to_string(R.Value);
  return "";
}

// The words of a choice that an option's help line promises.
std::string checkChoices(const Options &O) {
  struct Choice {
    const char *Name, *Value;
    std::vector<const char *> Allowed;
  };
  const Choice All[] = {
      {"frames", O.Frames, {"user", "all"}},
      {"color", O.Color, {"auto", "always", "never"}},
      {"compat", O.Compat, {"none", "tsan"}},
      {"lock-orders", O.LockOrders, {"off", "possible", "all"}}};
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
  if (Error.empty())
    Error = checkRanges(Out);
  return Error.empty() ? checkChoices(Out) : Error;
}

} // namespace heddle
