// Which files a compilation depends on, and whether they are as they were.
#ifndef HEDDLE_HOSTS_STANDALONE_FILESREAD_H
#define HEDDLE_HOSTS_STANDALONE_FILESREAD_H

#include "llvm/Support/VirtualFileSystem.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace heddle {

// A file system that notes what is read through it, and what is looked for and
// is not there: a header that appears earlier on the search path changes the
// result as well.
class NotingFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  using ProxyFileSystem::ProxyFileSystem;

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;

  std::set<std::string> Read, Missing; // absolute

private:
  std::string absolute(const llvm::Twine &Path) const;
};

// Hashes of the contents of files, each read once. Thread safety: any thread.
class ContentHashes {
public:
  // Nothing if there is no such file.
  std::optional<uint64_t> of(const std::string &Path);

private:
  std::mutex Lock;
  std::map<std::string, std::optional<uint64_t>> Known;
};

} // namespace heddle

#endif
