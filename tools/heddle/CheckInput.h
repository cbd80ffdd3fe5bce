// Which files `heddle check` analyses, and how they are compiled.
#ifndef HEDDLE_TOOLS_CHECKINPUT_H
#define HEDDLE_TOOLS_CHECKINPUT_H

#include <string>
#include <vector>

namespace heddle {

struct CheckInput {
  std::string BuildPath;          // holds compile_commands.json, or empty
  std::vector<std::string> Files; // absolute, sorted, each once
  std::string Mistake;            // what is wrong with the arguments, or empty
};

/// Finds the files that Paths (files and folders) stand for.
///
/// BuildPath empty: compile_commands.json is looked for in the working folder
/// and its `build`, then in their parents, and used if it names any of Paths.
/// With one, a folder stands for the
/// files of the database below it, and no path at all for all of them; without
/// one, a folder stands for every C and C++ source below it.
CheckInput findCheckInput(const std::vector<std::string> &Paths,
                          const std::string &BuildPath);

} // namespace heddle
#endif
