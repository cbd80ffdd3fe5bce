// Noting and hashing of files.
#include "hosts/standalone/FilesRead.h"

#include "facts/Hash.h"

#include "llvm/Support/MemoryBuffer.h"

namespace heddle {

std::string NotingFileSystem::absolute(const llvm::Twine &Path) const {
  llvm::SmallString<256> Full;
  Path.toVector(Full);
  if (std::error_code E = makeAbsolute(Full))
    return "";
  return Full.str().str();
}

llvm::ErrorOr<llvm::vfs::Status>
NotingFileSystem::status(const llvm::Twine &Path) {
  auto Found = ProxyFileSystem::status(Path);
  if (!Found)
    Missing.insert(absolute(Path));
  return Found;
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
NotingFileSystem::openFileForRead(const llvm::Twine &Path) {
  auto Found = ProxyFileSystem::openFileForRead(Path);
  (Found ? Read : Missing).insert(absolute(Path));
  return Found;
}

std::optional<uint64_t> ContentHashes::of(const std::string &Path) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto It = Known.find(Path); It != Known.end())
      return It->second;
  }
  std::optional<uint64_t> Hash;
  if (auto Buffer = llvm::MemoryBuffer::getFile(Path)) {
    llvm::StringRef Text = (*Buffer)->getBuffer();
    Hash = hashText({Text.data(), Text.size()});
  } else if (llvm::sys::fs::exists(Path)) {
    Hash = 0; // a folder
  }
  std::lock_guard<std::mutex> Guard(Lock);
  return Known.emplace(Path, Hash).first->second;
}

} // namespace heddle
