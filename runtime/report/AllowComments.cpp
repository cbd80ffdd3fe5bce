// Looks for allow comments in the source, when there is a finding.
#include "report/AllowComments.h"

#include "heddle/AllowComment.h"
#include "report/Output.h"

#include <set>

namespace heddle {
namespace {

bool meansKind(std::string_view Ids, const std::string &Kind) {
  bool IsRace =
      Kind == "data-race" || Kind == "vptr-race" || Kind == "use-after-free";
  for (std::string_view Id; nextAllowedId(Ids, Id);)
    if (Id == Kind || (IsRace && Id == "race") ||
        (Kind == "misuse" && Id == "mutex"))
      return true;
  return false;
}

// Once for each place.
void askForReason(const Frame &F) {
  static auto *Told = new std::set<std::string>;
  std::string Place = placeText(F);
  if (Told->insert(Place).second)
    print("heddle: warning: " + Place +
          ": heddle:allow needs a reason behind the parenthesis; the finding "
          "is reported\n");
}

bool allows(const std::string &Line, const Frame &F, const Finding &Of) {
  AllowComment Comment;
  if (!readAllowComment(Line, Comment) || !meansKind(Comment.Ids, Of.Kind))
    return false;
  if (Comment.Reason.empty())
    askForReason(F);
  return !Comment.Reason.empty();
}

// The line itself, or comments on lines of their own above it.
bool isAllowedAt(const Frame &F, const Finding &Of) {
  if (F.File.empty() || F.Line <= 0)
    return false;
  std::string Line = sourceLine(F.File, F.Line);
  for (int Number = F.Line; !allows(Line, F, Of);) {
    Line = --Number > 0 ? sourceLine(F.File, Number) : "";
    if (Number <= 0 || !isTransparentLine(Line))
      return false;
  }
  return true;
}

} // namespace

bool isAllowed(const Finding &F) {
  for (const FindingSide &S : F.Sides) {
    const Frame *User = userFrame(S.Stack);
    if (User && isAllowedAt(*User, F))
      return true;
  }
  return F.Where.Kind == LocationKind::Global &&
         isAllowedAt(F.Where.Declared, F);
}

} // namespace heddle
