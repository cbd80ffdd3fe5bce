// Entries of the cache: written, read, compared with the files.
#include "hosts/standalone/Cache.h"

#include "facts/Hash.h"
#include "hosts/standalone/FindingBytes.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace heddle {

static constexpr std::string_view kMagic = "HeddleCa";

Cache::Cache(std::string Folder, std::string Tool)
    : Folder(std::move(Folder)), Tool(std::move(Tool)) {
  if (!this->Folder.empty() && llvm::sys::fs::create_directories(this->Folder))
    this->Folder.clear();
}

std::string Cache::entryOf(const std::string &Command) const {
  return Folder + "/" + hex(hashText(Command)) + ".file";
}

// An entry that cannot be written is missed by the next run, no more.
void Cache::write(const std::string &Path, const std::string &Payload) const {
  if (Folder.empty())
    return;
  llvm::SmallString<256> Beside;
  int Descriptor = -1;
  if (llvm::sys::fs::createUniqueFile(Path + ".%%%%%%", Descriptor, Beside))
    return;
  ByteWriter Head;
  Head.fixed(hashText(Payload));
  llvm::raw_fd_ostream Out(Descriptor, /*shouldClose=*/true);
  Out << llvm::StringRef(kMagic) << Head.bytes() << Payload;
  Out.close();
  if (Out.has_error() || llvm::sys::fs::rename(Beside, Path)) {
    Out.clear_error();
    llvm::sys::fs::remove(Beside);
  }
}

// The payload, or nothing if the file is not there or damaged.
std::string Cache::read(const std::string &Path) const {
  auto Buffer = Folder.empty()
                    ? std::error_code(ENOENT, std::generic_category())
                    : llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return "";
  llvm::StringRef All = (*Buffer)->getBuffer();
  ByteReader In({All.data(), All.size()});
  if (In.bytes(kMagic.size()) != kMagic)
    return "";
  uint64_t Hash = In.fixed();
  std::string Payload(In.bytes(In.left()));
  return hashText(Payload) == Hash ? Payload : "";
}

std::optional<FileResult> Cache::find(const std::string &Command) {
  std::string Payload = read(entryOf(Command));
  ByteReader In(Payload);
  if (In.text() != Tool || In.text() != Command)
    return std::nullopt;
  for (uint32_t N = In.count(); N > 0 && !In.bad(); --N) {
    std::string Path(In.text());
    uint64_t Hash = In.fixed();
    if (Hashes.of(Path) != Hash)
      return std::nullopt;
  }
  for (uint32_t N = In.count(); N > 0 && !In.bad(); --N)
    if (Hashes.of(std::string(In.text())))
      return std::nullopt;
  FileResult R;
  R.Error = In.text();
  R.Findings = readFindings(In);
  R.Summary = In.text();
  return In.bad() ? std::nullopt : std::optional(std::move(R));
}

void Cache::put(const std::string &Command, const FileResult &Result,
                const NotingFileSystem &Files) {
  if (Folder.empty())
    return;
  ByteWriter Out;
  Out.text(Tool);
  Out.text(Command);
  std::vector<std::pair<std::string, uint64_t>> Read;
  for (const std::string &Path : Files.Read)
    if (auto Hash = Hashes.of(Path))
      Read.push_back({Path, *Hash});
  Out.number(Read.size());
  for (auto &[Path, Hash] : Read) {
    Out.text(Path);
    Out.fixed(Hash);
  }
  Out.number(Files.Missing.size());
  for (const std::string &Path : Files.Missing)
    Out.text(Path);
  Out.text(Result.Error);
  writeFindings(Out, Result.Findings);
  Out.text(Result.Summary);
  write(entryOf(Command), Out.bytes());
}

std::map<uint64_t, ScopeResult> Cache::scopes() const {
  std::string Payload = read(Folder + "/scopes");
  ByteReader In(Payload);
  std::map<uint64_t, ScopeResult> Scopes;
  if (In.text() != Tool)
    return Scopes;
  for (uint32_t N = In.count(); N > 0 && !In.bad(); --N) {
    ScopeResult &R = Scopes[In.fixed()];
    R.Findings = readFindings(In);
    R.UsedAllows.resize(In.count());
    for (Location &L : R.UsedAllows)
      L = readLocation(In);
  }
  return In.bad() ? std::map<uint64_t, ScopeResult>() : Scopes;
}

void Cache::putScopes(const std::map<uint64_t, ScopeResult> &Scopes) {
  ByteWriter Out;
  Out.text(Tool);
  Out.number(Scopes.size());
  for (auto &[Hash, R] : Scopes) {
    Out.fixed(Hash);
    writeFindings(Out, R.Findings);
    Out.number(R.UsedAllows.size());
    for (const Location &L : R.UsedAllows)
      writeLocation(Out, L);
  }
  write(Folder + "/scopes", Out.bytes());
}

} // namespace heddle
