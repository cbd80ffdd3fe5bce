// Registration, selection and running of checks; fingerprints.
#include "core/Registry.h"

#include "core/Suppressions.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace heddle {

static std::vector<Check> &registered() {
  static std::vector<Check> Checks;
  return Checks;
}

Registration::Registration(Check C) {
  auto &All = registered();
  auto Before = [](const Check &A, const Check &B) {
    return std::string_view(A.Id) < B.Id;
  };
  All.insert(std::upper_bound(All.begin(), All.end(), C, Before), C);
}

const std::vector<Check> &allChecks() { return registered(); }

const Check *findCheck(std::string_view Id) {
  for (const Check &C : registered())
    if (Id == C.Id)
      return &C;
  return nullptr;
}

bool CheckSelection::selects(const Check &C) const {
  auto Has = [&](const std::vector<std::string> &List) {
    return std::find(List.begin(), List.end(), C.Id) != List.end();
  };
  if (Has(Disabled))
    return false;
  return Only.empty() ? C.T != Tier::Optional : Has(Only);
}

static std::string withoutSpace(std::string_view Line) {
  std::string Out;
  for (char C : Line)
    if (C != ' ' && C != '\t')
      Out += C;
  return Out;
}

// FNV-1a, 64 bits: the fingerprint is an identity, not a secret.
static uint64_t hashText(std::string_view Text) {
  uint64_t Hash = 0xcbf29ce484222325u;
  for (unsigned char C : Text)
    Hash = (Hash ^ C) * 0x100000001b3u;
  return Hash;
}

static std::string hex(uint64_t Value) {
  std::string Out(16, '0');
  for (size_t I = 16; I-- > 0; Value >>= 4)
    Out[I] = "0123456789abcdef"[Value & 15];
  return Out;
}

// Check, enclosing function, line without its spacing, and an ordinal among
// equals: edits elsewhere in the file leave it as it is.
static void setFingerprints(std::vector<Finding> &Findings) {
  std::map<std::string, unsigned> Seen;
  for (Finding &F : Findings) {
    std::string Key =
        F.CheckId + '\n' + F.Function + '\n' + withoutSpace(F.Where.LineText);
    unsigned Ordinal = Seen[Key]++;
    F.Fingerprint = hex(hashText(Key + '\n' + std::to_string(Ordinal)));
  }
}

std::vector<Finding> runChecks(const Unit &U, const CheckSelection &S) {
  std::vector<std::pair<const Check *, Reporter>> Running;
  for (const Check &C : allChecks())
    if (S.selects(C))
      Running.push_back({&C, Reporter(U, C.Id, C.T)});
  for (auto &[C, R] : Running)
    if (C->RunUnit)
      C->RunUnit(U, R);
  // Scopes are large: one at a time, for all checks.
  for (FunctionId Root : scopeRoots(U)) {
    View V(expand(U, Root));
    for (auto &[C, R] : Running)
      if (C->RunView)
        C->RunView(V, R);
  }
  std::vector<Finding> All;
  for (auto &[C, R] : Running)
    for (Finding &F : R.take())
      All.push_back(std::move(F));
  applyAllows(U, S, All);
  std::stable_sort(All.begin(), All.end(), [](const auto &A, const auto &B) {
    return std::tie(A.Where.File, A.Where.Offset, A.CheckId) <
           std::tie(B.Where.File, B.Where.Offset, B.CheckId);
  });
  setFingerprints(All);
  return All;
}

} // namespace heddle
