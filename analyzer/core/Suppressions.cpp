// Finds allow comments in the text of the unit's files and applies them.
#include "core/Suppressions.h"

#include <algorithm>

namespace heddle {

static constexpr std::string_view kMarker = "heddle:allow(";

static std::string_view trim(std::string_view Text) {
  size_t First = Text.find_first_not_of(" \t\r");
  if (First == std::string_view::npos)
    return {};
  return Text.substr(First, Text.find_last_not_of(" \t\r") - First + 1);
}

static std::vector<std::string> splitIds(std::string_view List) {
  std::vector<std::string> Ids;
  while (!List.empty()) {
    size_t Comma = std::min(List.find(','), List.size());
    Ids.emplace_back(trim(List.substr(0, Comma)));
    List.remove_prefix(std::min(Comma + 1, List.size()));
  }
  return Ids;
}

// The line that a comment on line `Number` covers; `Rest` starts behind it.
static uint32_t coveredLine(std::string_view Before, std::string_view Rest,
                            uint32_t Number) {
  if (!trim(Before).empty())
    return Number;
  while (!Rest.empty()) {
    ++Number;
    size_t End = std::min(Rest.find('\n'), Rest.size());
    std::string_view Line = trim(Rest.substr(0, End));
    if (!Line.empty() && Line.substr(0, 2) != "//")
      return Number;
    Rest.remove_prefix(std::min(End + 1, Rest.size()));
  }
  return Number;
}

static bool parseAllow(std::string_view Line, uint32_t Offset, Allow &A,
                       std::string_view &Before) {
  size_t Comment = Line.find("//");
  size_t At =
      Comment == std::string_view::npos ? Comment : Line.find(kMarker, Comment);
  if (At == std::string_view::npos ||
      !trim(Line.substr(Comment + 2, At - Comment - 2)).empty())
    return false;
  size_t Close = Line.find(')', At);
  if (Close == std::string_view::npos)
    return false;
  size_t Begin = At + kMarker.size();
  A.CheckIds = splitIds(Line.substr(Begin, Close - Begin));
  A.HasReason = !trim(Line.substr(Close + 1)).empty();
  A.Where.Column = uint32_t(At + 1);
  A.Where.Length = uint32_t(Close + 1 - At);
  A.Where.Offset = Offset + uint32_t(At);
  A.Where.LineText = Line;
  Before = Line.substr(0, Comment);
  return true;
}

std::vector<Allow> findAllows(const SourceFile &F) {
  std::vector<Allow> Allows;
  if (F.Text.find(kMarker) == std::string_view::npos)
    return Allows;
  uint32_t Number = 0, Offset = 0;
  for (std::string_view Rest = F.Text; !Rest.empty();) {
    size_t End = std::min(Rest.find('\n'), Rest.size());
    std::string_view Line = Rest.substr(0, End), Before;
    Rest.remove_prefix(std::min(End + 1, Rest.size()));
    ++Number;
    Allow A;
    if (parseAllow(Line, Offset, A, Before)) {
      A.Where.File = F.Path;
      A.Where.Line = Number;
      A.CoveredLine = coveredLine(Before, Rest, Number);
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
    if (!C)
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

void applyAllows(const Unit &U, const CheckSelection &S,
                 std::vector<Finding> &Findings) {
  for (const SourceFile &File : U.Files) {
    std::vector<Allow> Allows = findAllows(File);
    if (Allows.empty())
      continue;
    std::erase_if(Findings, [&](const Finding &F) {
      bool Covered = false;
      for (Allow &A : Allows)
        Covered |= A.HasReason && covers(A, F);
      return Covered;
    });
    for (Allow &A : Allows) {
      // A comment without a reason allows nothing, but is not unused either.
      A.Used |= !A.HasReason;
      reportAllow(A, S, Findings);
    }
  }
}

} // namespace heddle
