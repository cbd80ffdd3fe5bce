// Assembles each scope, gives it the text of its files, and runs the checks.
#include "hosts/standalone/Join.h"

#include "facts/Hash.h"
#include "hosts/standalone/Parallel.h"

#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>
#include <atomic>

namespace heddle {
namespace {

// Texts of source files that are still what the summaries were made of.
class SourceTexts {
public:
  explicit SourceTexts(const Program &P) {
    for (const Summary &S : P.units())
      for (const SummaryFile &F : S.Files)
        Hashes.emplace(F.Path, F.Hash);
  }

  // Empty if the file has changed or is gone: lines would be other lines.
  std::string_view of(const std::string &Path) {
    std::lock_guard<std::mutex> Guard(Lock);
    auto [It, New] = Texts.try_emplace(Path);
    if (New)
      if (auto Buffer = llvm::MemoryBuffer::getFile(Path))
        It->second = std::move(*Buffer);
    if (!It->second)
      return {};
    llvm::StringRef Text = It->second->getBuffer();
    std::string_view View(Text.data(), Text.size());
    auto Known = Hashes.find(Path);
    bool Same = Known != Hashes.end() && hashText(View) == Known->second;
    if (!Same)
      It->second.reset();
    return Same ? View : std::string_view();
  }

private:
  std::map<std::string, uint64_t> Hashes;
  std::mutex Lock;
  std::map<std::string, std::unique_ptr<llvm::MemoryBuffer>> Texts;
};

struct Joining {
  const Program &P;
  const CheckSelection &Checks;
  std::vector<RecordId> Roots;
  SourceTexts Texts;
  std::map<uint64_t, ScopeResult> Old;
  std::atomic<size_t> Next{0};
  std::mutex Lock; // of what follows
  std::map<uint64_t, ScopeResult> Done;
  size_t Cached = 0;
};

// A fix is made for the text that the facts were made of.
void dropFixes(std::vector<Finding> &Findings, const Unit &U) {
  std::set<std::string> Changed;
  for (const SourceFile &F : U.Files)
    if (F.Text.empty())
      Changed.insert(F.Path);
  for (Finding &F : Findings)
    std::erase_if(F.Fixes, [&](const Fix &Each) {
      return std::any_of(
          Each.Edits.begin(), Each.Edits.end(),
          [&](const Replacement &R) { return Changed.count(R.File) != 0; });
    });
}

void judge(Joining &J, RecordId Root) {
  uint64_t Hash = J.P.hash(Root);
  ScopeResult Result;
  auto Known = J.Old.find(Hash);
  if (Known != J.Old.end()) {
    Result = Known->second;
  } else if (std::optional<Unit> U = J.P.assemble(Root)) {
    for (SourceFile &F : U->Files)
      F.Text = J.Texts.of(F.Path);
    Result.Findings = runChecksOnJoined(*U, J.Checks, Result.UsedAllows);
    dropFixes(Result.Findings, *U);
  }
  std::lock_guard<std::mutex> Guard(J.Lock);
  J.Cached += Known != J.Old.end();
  J.Done.emplace(Hash, std::move(Result));
}

bool isTold(const Finding &F, const std::set<ToldFinding> &Told) {
  return Told.count({F.CheckId, F.Where.File, F.Where.Line, F.Where.Column});
}

} // namespace

JoinResult joinFiles(const Program &P, const CheckSelection &Checks,
                     unsigned Jobs, Cache &Kept) {
  Joining J{P, Checks, P.roots(), SourceTexts(P), Kept.scopes(), {}, {}, {}, 0};
  inParallel(std::min<size_t>(Jobs, J.Roots.size()), [&J] {
    for (size_t I = J.Next++; I < J.Roots.size(); I = J.Next++)
      judge(J, J.Roots[I]);
  });
  if (!J.Roots.empty())
    Kept.putScopes(J.Done);

  JoinResult Result;
  Result.Scopes = J.Roots.size();
  Result.Cached = J.Cached;
  std::set<ToldFinding> Told;
  for (const Summary &S : P.units())
    Told.insert(S.Told.begin(), S.Told.end());
  for (auto &[Hash, R] : J.Done) {
    for (Finding &F : R.Findings)
      if (!isTold(F, Told)) {
        Told.insert({F.CheckId, F.Where.File, F.Where.Line, F.Where.Column});
        Result.Findings.push_back(std::move(F));
      }
    Result.UsedAllows.insert(Result.UsedAllows.end(), R.UsedAllows.begin(),
                             R.UsedAllows.end());
  }
  numberFindings(Result.Findings);
  return Result;
}

} // namespace heddle
