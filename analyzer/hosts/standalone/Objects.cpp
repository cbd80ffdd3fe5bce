// Finds the sections in objects, bitcode and the members of archives.
#include "hosts/standalone/Objects.h"

#include "hosts/standalone/Join.h"

#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ObjectFile.h"

namespace heddle {
namespace {

constexpr llvm::StringLiteral kSection = ".heddle";

class ObjectReader {
public:
  ObjectSummaries Out;

  void read(const std::string &File) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer)
      return fail(File, Buffer.getError().message());
    llvm::MemoryBufferRef Bytes = **Buffer;
    Out.Buffers.push_back(std::move(*Buffer));
    if (llvm::identify_magic(Bytes.getBuffer()) == llvm::file_magic::archive)
      return readArchive(File, Bytes);
    readObject(File, Bytes);
  }

private:
  void fail(const std::string &Name, std::string Message) {
    Out.Errors.push_back({Name, std::move(Message)});
  }
  void fail(const std::string &Name, llvm::Error E) {
    fail(Name, llvm::toString(std::move(E)));
  }

  void readArchive(const std::string &File, llvm::MemoryBufferRef Bytes) {
    auto Archive = llvm::object::Archive::create(Bytes);
    if (!Archive)
      return fail(File, Archive.takeError());
    llvm::Error E = llvm::Error::success();
    for (const auto &Member : (*Archive)->children(E)) {
      auto Content = Member.getMemoryBufferRef();
      if (!Content) {
        fail(File, Content.takeError());
        continue;
      }
      std::string Name =
          File + "(" + Content->getBufferIdentifier().str() + ")";
      // A thin archive's members are files of their own.
      if ((*Archive)->isThin())
        Content = copied(*Content);
      readObject(Name, *Content);
    }
    if (E)
      fail(File, std::move(E));
  }

  llvm::MemoryBufferRef copied(llvm::MemoryBufferRef Content) {
    Out.Copies.push_back(Content.getBuffer().str());
    return {Out.Copies.back(), Content.getBufferIdentifier()};
  }

  void readObject(const std::string &Name, llvm::MemoryBufferRef Bytes) {
    ++Out.Objects;
    if (llvm::identify_magic(Bytes.getBuffer()) == llvm::file_magic::bitcode)
      return readBitcode(Name, Bytes);
    auto Object = llvm::object::ObjectFile::createObjectFile(Bytes);
    if (!Object)
      return fail(Name, Object.takeError());
    bool Found = false;
    for (const llvm::object::SectionRef &S : (*Object)->sections()) {
      auto SectionName = S.getName();
      if (!SectionName) {
        llvm::consumeError(SectionName.takeError());
        continue;
      }
      if (*SectionName != kSection)
        continue;
      auto Content = S.getContents();
      if (!Content)
        return fail(Name, Content.takeError());
      Found = true;
      add(Name, *Content);
    }
    if (!Found)
      Out.Without.push_back(Name);
  }

  void readBitcode(const std::string &Name, llvm::MemoryBufferRef Bytes) {
    llvm::LLVMContext Context;
    auto Module = llvm::parseBitcodeFile(Bytes, Context);
    if (!Module)
      return fail(Name, Module.takeError());
    bool Found = false;
    for (const llvm::GlobalVariable &G : (*Module)->globals()) {
      if (G.getSection() != kSection || !G.hasInitializer())
        continue;
      const auto *Data =
          llvm::dyn_cast<llvm::ConstantDataSequential>(G.getInitializer());
      if (!Data)
        continue;
      Found = true;
      Out.Copies.push_back(Data->getRawDataValues().str());
      add(Name, Out.Copies.back());
    }
    if (!Found)
      Out.Without.push_back(Name);
  }

  void add(const std::string &Name, llvm::StringRef Content) {
    std::string Wrong =
        readSummaries({Content.data(), Content.size()}, Out.Summaries);
    if (!Wrong.empty())
      fail(Name, Wrong);
  }
};

} // namespace

ObjectSummaries readObjects(const std::vector<std::string> &Files) {
  ObjectReader R;
  for (const std::string &File : Files)
    R.read(File);
  return std::move(R.Out);
}

StandaloneResult joinObjects(const std::vector<std::string> &Files,
                             const CheckSelection &Checks, unsigned Jobs) {
  ObjectSummaries Read = readObjects(Files);
  StandaloneResult Result;
  Result.Files = Read.Objects;
  Result.Errors = std::move(Read.Errors);
  Result.Unknown = std::move(Read.Without);
  Cache None("", "");
  Program P(std::move(Read.Summaries));
  Result.Findings = joinFiles(P, Checks, Jobs, None).Findings;
  return Result;
}

} // namespace heddle
