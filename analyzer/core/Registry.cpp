// Registration, selection and running of checks; fingerprints.
#include "core/Registry.h"

#include "core/Suppressions.h"
#include "facts/Hash.h"

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

void numberFindings(std::vector<Finding> &Findings) {
  std::stable_sort(Findings.begin(), Findings.end(),
                   [](const auto &A, const auto &B) {
                     return std::tie(A.Where.File, A.Where.Offset, A.CheckId) <
                            std::tie(B.Where.File, B.Where.Offset, B.CheckId);
                   });
  setFingerprints(Findings);
}

namespace {

struct RunningCheck {
  const Check *C;
  Reporter R;
  std::unique_ptr<Comparison> Compares;
};

} // namespace

static std::vector<Finding> runAll(const Unit &U, const CheckSelection &S) {
  std::vector<RunningCheck> Running;
  for (const Check &C : allChecks())
    if (S.selects(C))
      Running.push_back(
          {&C, Reporter(U, C.Id, C.T), C.Compare ? C.Compare(U) : nullptr});
  for (auto &[C, R, Compares] : Running)
    if (C->RunUnit)
      C->RunUnit(U, R);
  // Scopes are large: one at a time, for all checks.
  for (FunctionId Root : scopeRoots(U)) {
    View V(expand(U, Root));
    for (auto &[C, R, Compares] : Running)
      if (Compares)
        Compares->see(V);
      else if (C->RunView)
        C->RunView(V, R);
  }
  std::vector<Finding> All;
  for (auto &[C, R, Compares] : Running) {
    if (Compares)
      Compares->report(R);
    for (Finding &F : R.take())
      All.push_back(std::move(F));
  }
  return All;
}

std::vector<Finding> runChecks(const Unit &U, const CheckSelection &S) {
  std::vector<Finding> All = runAll(U, S);
  applyAllows(U, S, All);
  numberFindings(All);
  return All;
}

std::vector<Finding> runChecksOnJoined(const Unit &U, const CheckSelection &S,
                                       std::vector<Location> &Used) {
  std::vector<Finding> All = runAll(U, S);
  for (Allow &A : obeyAllows(U, All))
    if (A.Used)
      Used.push_back(std::move(A.Where));
  return All;
}

} // namespace heddle
