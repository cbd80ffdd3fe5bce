// The analyzer over a compilation database or single files, in parallel.
#ifndef HEDDLE_HOSTS_STANDALONE_STANDALONE_H
#define HEDDLE_HOSTS_STANDALONE_STANDALONE_H

#include "core/Registry.h"
#include "models/Models.h"

#include <functional>
#include <string>
#include <vector>

namespace heddle {

struct StandaloneOptions {
  std::string BuildPath;          // holds compile_commands.json; may be empty
  std::vector<std::string> Files; // empty: all of the database
  std::vector<std::string> Flags; // compile flags where there is no database
  std::vector<std::string> ExtraFlags; // added to every command
  std::vector<std::string> ModelFiles; // on top of the built-in models
  std::string ResourceDir; // of clang 19; empty: the one built against
  std::string CacheFolder; // results of earlier runs; empty: none are kept
  bool Join = true;        // look for what needs several files, too
  CheckSelection Checks;
  unsigned Jobs = 1;
  // Called after each file, from any thread, one call at a time.
  std::function<void(size_t Done, size_t Total, const std::string &File)>
      Progress;
};

struct FileError {
  std::string File;
  std::string Message; // the first error, as the compiler words it
};

struct StandaloneResult {
  std::vector<Finding> Findings;    // by file, then by place; no duplicates
  std::vector<FileError> Errors;    // files that could not be analysed
  std::vector<std::string> Unknown; // objects that say nothing of their source
  std::vector<ModelDiagnostic> ModelProblems;
  size_t Files = 0;
  size_t Cached = 0;   // of them: as in an earlier run
  std::string Failure; // nothing could be run: what is wrong, and what to do
};

// Blocks: until all files are analysed.
StandaloneResult runStandalone(const StandaloneOptions &Options);

// Joins what objects and archives say of the files that they were made of.
// Blocks: until all scopes of several files are analysed.
StandaloneResult joinObjects(const std::vector<std::string> &Files,
                             const CheckSelection &Checks, unsigned Jobs);

// The resource directory of the Clang that the analyzer was built against.
std::string defaultResourceDir();

} // namespace heddle

#endif
