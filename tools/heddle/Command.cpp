// Command lines: parsing them, and errors that name the nearest match.
#include "Command.h"

#include <CLI/CLI.hpp>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <cstdio>

namespace heddle {

int failWith(int Code, const std::string &Message) {
  std::fprintf(stderr, "heddle: error: %s\n", Message.c_str());
  return Code;
}

std::string nearest(const std::string &Word,
                    const std::vector<std::string> &Candidates) {
  std::string Best;
  unsigned Least = std::max<size_t>(2, Word.size() / 3) + 1;
  for (const std::string &C : Candidates) {
    unsigned Distance = llvm::StringRef(Word).edit_distance(C, true, Least);
    if (Distance < Least) {
      Least = Distance;
      Best = C;
    }
  }
  return Best;
}

std::string suggestion(const std::string &Word,
                       const std::vector<std::string> &Candidates,
                       const std::string &Otherwise) {
  std::string Near = nearest(Word, Candidates);
  return Near.empty() ? "; " + Otherwise : "; did you mean '" + Near + "'?";
}

static std::vector<std::string> optionNames(const CLI::App &App) {
  std::vector<std::string> Names;
  for (const CLI::Option *O : App.get_options()) {
    for (const std::string &Long : O->get_lnames())
      Names.push_back("--" + Long);
    for (const std::string &Short : O->get_snames())
      Names.push_back("-" + Short);
  }
  return Names;
}

static int reportExtra(const CLI::App &App, const std::string &Extra) {
  std::string Name = Extra.substr(0, Extra.find('='));
  std::string Help = App.get_name() + " --help lists what there is";
  if (Name.starts_with("-"))
    return failWith(kUsage, "unknown option '" + Name + "'" +
                                suggestion(Name, optionNames(App), Help));
  return failWith(kUsage, "unexpected argument '" + Extra + "'; " + Help);
}

std::optional<int> parseArguments(CLI::App &App,
                                  const std::vector<std::string> &Args) {
  App.allow_extras();
  try {
    App.parse(std::vector<std::string>(Args.rbegin(), Args.rend()));
  } catch (const CLI::CallForHelp &) {
    std::fputs(App.help().c_str(), stdout);
    return kClean;
  } catch (const CLI::ParseError &E) {
    return failWith(kUsage, std::string(E.what()) + "; see " + App.get_name() +
                                " --help");
  }
  if (std::vector<std::string> Extra = App.remaining(); !Extra.empty())
    return reportExtra(App, Extra.front());
  return std::nullopt;
}

} // namespace heddle
