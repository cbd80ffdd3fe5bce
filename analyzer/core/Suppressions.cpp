// Finds allow comments in the text of the unit's files and applies them.
#include "core/Suppressions.h"

#include "heddle/AllowComment.h"

#include <algorithm>

namespace heddle {

static std::vector<std::string> splitIds(std::string_view List) {
  std::vector<std::string> Ids;
  for (std::string_view Id; nextAllowedId(List, Id);)
    Ids.emplace_back(Id);
  return Ids;
}

// The line that a comment on line `Number` covers; `Rest` starts behind it.
static uint32_t coveredLine(const AllowComment &Comment, std::string_view Rest,
                            uint32_t Number) {
  if (!Comment.Code.empty())
    return Number;
  while (!Rest.empty()) {
    ++Number;
    size_t End = std::min(Rest.find('\n'), Rest.size());
    if (!isTransparentLine(Rest.substr(0, End)))
      return Number;
    Rest.remove_prefix(std::min(End + 1, Rest.size()));
  }
  return Number;
}

std::vector<Allow> findAllows(const SourceFile &F) {
  std::vector<Allow> Allows;
  if (F.Text.find(kAllowMarker) == std::string_view::npos)
    return Allows;
  uint32_t Number = 0, Offset = 0;
  for (std::string_view Rest = F.Text; !Rest.empty();) {
    size_t End = std::min(Rest.find('\n'), Rest.size());
    std::string_view Line = Rest.substr(0, End);
    Rest.remove_prefix(std::min(End + 1, Rest.size()));
    ++Number;
    AllowComment Comment;
    if (readAllowComment(Line, Comment)) {
      Allow A;
      A.CheckIds = splitIds(Comment.Ids);
      A.HasReason = !Comment.Reason.empty();
      A.CoveredLine = coveredLine(Comment, Rest, Number);
      A.Where.File = F.Path;
      A.Where.Line = Number;
      A.Where.Column = uint32_t(Comment.Begin + 1);
      A.Where.Length = uint32_t(Comment.End - Comment.Begin);
      A.Where.Offset = Offset + uint32_t(Comment.Begin);
      A.Where.LineText = Line;
      Allows.push_back(std::move(A));
    }
    Offset += uint32_t(End) + 1;
  }
  return Allows;
}

static bool covers(Allow &A, const Finding &F) {
  bool Here = A.Where.File == F.Where.File && A.CoveredLine == F.Where.Line &&
              std::count(A.CheckIds.begin(), A.CheckIds.end(), F.CheckId);
  A.Used |= Here;
  return Here;
}

static Finding aboutAllow(const Allow &A, const char *Id, std::string Message) {
  Finding F;
  F.CheckId = Id;
  F.Message = std::move(Message);
  F.Where = A.Where;
  return F;
}

static void reportAllow(const Allow &A, const CheckSelection &S,
                        std::vector<Finding> &Findings) {
  bool AllRan = true;
  for (const std::string &Id : A.CheckIds) {
    const Check *C = findCheck(Id);
    AllRan &= C && S.selects(*C);
    if (!C && !isRunTimeKind(Id))
      Findings.push_back(aboutAllow(A, "allow-unknown-check",
                                    "there is no check '" + Id + "' to allow"));
  }
  if (!A.HasReason)
    Findings.push_back(
        aboutAllow(A, "allow-without-reason",
                   "say why this is allowed, behind the closing parenthesis"));
  if (!A.Used && AllRan)
    Findings.push_back(
        aboutAllow(A, "allow-unused", "this allows nothing: remove it"));
}

std::vector<Allow> obeyAllows(const Unit &U, std::vector<Finding> &Findings) {
  std::vector<Allow> All;
  for (const SourceFile &File : U.Files)
    for (Allow &A : findAllows(File))
      All.push_back(std::move(A));
  if (!All.empty())
    std::erase_if(Findings, [&](const Finding &F) {
      bool Covered = false;
      for (Allow &A : All)
        Covered |= A.HasReason && covers(A, F);
      return Covered;
    });
  return All;
}

void applyAllows(const Unit &U, const CheckSelection &S,
                 std::vector<Finding> &Findings) {
  for (Allow &A : obeyAllows(U, Findings)) {
    // A comment without a reason allows nothing, but is not unused either.
    A.Used |= !A.HasReason;
    reportAllow(A, S, Findings);
  }
}

} // namespace heddle
