// What the analysis of a file gave, kept until something it read changes.
//
// One entry for each source file and command, in a file named by their hash, so
// that the cache never holds more than the build. An entry counts if the
// analyzer and its options are the same, every file that was read has the same
// content, and nothing has appeared where the compiler had looked in vain.
//
// Thread safety: any thread; an entry is written beside its place and renamed.
#ifndef HEDDLE_HOSTS_STANDALONE_CACHE_H
#define HEDDLE_HOSTS_STANDALONE_CACHE_H

#include "core/Finding.h"
#include "hosts/standalone/FilesRead.h"

#include <vector>

namespace heddle {

// The analysis of one file by one command.
struct FileResult {
  std::vector<Finding> Findings;
  std::string Error;   // the first, as the compiler words it
  std::string Summary; // bytes; empty if there is none
};

// The findings of one scope that several files are joined for.
struct ScopeResult {
  std::vector<Finding> Findings;
  std::vector<Location> UsedAllows;
};

class Cache {
public:
  // `Tool` stands for the analyzer, its models and its options. With an empty
  // folder nothing is found and nothing kept.
  Cache(std::string Folder, std::string Tool);

  // `Command` is the file with all that it is compiled with.
  std::optional<FileResult> find(const std::string &Command);
  void put(const std::string &Command, const FileResult &Result,
           const NotingFileSystem &Files);

  // The scopes of the last run, by the hash of all that they depend on.
  std::map<uint64_t, ScopeResult> scopes() const;
  void putScopes(const std::map<uint64_t, ScopeResult> &Scopes);

  ContentHashes &hashes() { return Hashes; }

private:
  std::string entryOf(const std::string &Command) const;
  void write(const std::string &Path, const std::string &Payload) const;
  std::string read(const std::string &Path) const;

  std::string Folder, Tool;
  ContentHashes Hashes;
};

} // namespace heddle

#endif
