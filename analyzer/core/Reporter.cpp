// Builds findings from ranges of a unit: locations, notes and edits.
#include "core/Check.h"

#include <algorithm>

namespace heddle {

static std::string_view lineAround(std::string_view Text, uint32_t Offset) {
  Offset = std::min<uint32_t>(Offset, Text.size());
  size_t First = Offset == 0 ? 0 : Text.rfind('\n', Offset - 1);
  First = Offset == 0 || First == std::string_view::npos ? 0 : First + 1;
  size_t Last = Text.find('\n', Offset);
  return Text.substr(First,
                     Last == std::string_view::npos ? Last : Last - First);
}

Location Reporter::locate(const Range &R) const {
  Location L;
  if (!R.valid())
    return L;
  const SourceFile &F = U.Files[R.File];
  L.File = F.Path;
  L.Line = R.Line;
  L.Column = R.Col;
  L.Offset = R.Begin;
  L.LineText = lineAround(F.Text, R.Begin);
  if (!L.LineText.empty() && L.LineText.back() == '\r')
    L.LineText.pop_back();
  uint32_t Rest =
      L.LineText.size() + 1 > R.Col ? L.LineText.size() + 1 - R.Col : 1;
  uint32_t Length =
      R.EndLine == R.Line && R.EndCol > R.Col ? R.EndCol - R.Col : Rest;
  L.Length = std::max<uint32_t>(1, std::min(Length, Rest));
  return L;
}

Reporter::Builder Reporter::report(const Range &Where, std::string Message) {
  Finding F;
  F.CheckId = CheckId;
  F.Level = CheckTier == Tier::Precise ? Severity::Error : Severity::Warning;
  F.Message = std::move(Message);
  F.Where = locate(Where);
  return Builder(*this, std::move(F));
}

Reporter::Builder::~Builder() {
  if (!F.Where.valid())
    return;
  for (const Finding &Old : R.Findings)
    if (Old.Where.File == F.Where.File && Old.Where.Offset == F.Where.Offset &&
        Old.Message == F.Message)
      return;
  R.Findings.push_back(std::move(F));
}

Reporter::Builder &Reporter::Builder::label(std::string Text) {
  F.Label = std::move(Text);
  return *this;
}

Reporter::Builder &Reporter::Builder::context(const Range &Where) {
  F.Context = R.locate(Where);
  return *this;
}

Reporter::Builder &Reporter::Builder::note(const Range &Where,
                                           std::string Message) {
  F.Notes.push_back({R.locate(Where), std::move(Message)});
  return *this;
}

Reporter::Builder &Reporter::Builder::fix(Fix Change) {
  if (!Change.Edits.empty())
    F.Fixes.push_back(std::move(Change));
  return *this;
}

Reporter::Builder &Reporter::Builder::unsure() {
  F.Level = Severity::Warning;
  return *this;
}

Reporter::Builder &Reporter::Builder::in(const Function &Enclosing) {
  F.Function = Enclosing.Name;
  return *this;
}

static Replacement editAt(const Reporter &R, const Range &Where) {
  Location L = R.locate(Where);
  Replacement E;
  E.File = L.File;
  E.Line = L.Line;
  E.Column = L.Column;
  E.Offset = Where.Begin;
  return E;
}

Replacement Reporter::replace(const Range &Where, std::string Text) const {
  Replacement E = editAt(*this, Where);
  E.Length = Where.End - Where.Begin;
  E.Text = std::move(Text);
  return E;
}

Replacement Reporter::insertBefore(const Range &Where, std::string Text) const {
  Replacement E = editAt(*this, Where);
  E.Text = std::move(Text);
  return E;
}

static bool isBlank(std::string_view Text) {
  return Text.find_first_not_of(" \t\r") == std::string_view::npos;
}

Replacement Reporter::removeStatement(const Range &S) const {
  Replacement E = replace(S, "");
  std::string_view Text = U.Files[S.File].Text;
  if (S.End > Text.size())
    return E;
  size_t First = S.Begin == 0 ? 0 : Text.rfind('\n', S.Begin - 1) + 1;
  size_t Last = std::min(Text.find('\n', S.End), Text.size());
  bool Alone = isBlank(Text.substr(First, S.Begin - First)) &&
               isBlank(Text.substr(S.End, Last - S.End));
  if (Alone && First > 0) {
    // From the end of the line before: Clang would eat a blank of the next.
    E.Offset = uint32_t(First - 1);
    E.Line = S.Line - 1;
    E.Column = uint32_t(lineAround(Text, E.Offset).size() + 1);
    E.Length = uint32_t(Last - E.Offset);
  } else if (S.End < Text.size() && Text[S.End] == ' ') {
    ++E.Length;
  }
  return E;
}

Replacement Reporter::insertLineAbove(const Range &Where,
                                      std::string Text) const {
  std::string_view All = U.Files[Where.File].Text;
  std::string_view Line = lineAround(All, Where.Begin);
  size_t Indent = std::min(Line.find_first_not_of(" \t"), Line.size());
  Replacement E = editAt(*this, Where);
  E.Offset = uint32_t(Line.data() - All.data());
  E.Column = 1;
  E.Text = std::string(Line.substr(0, Indent)) + Text + "\n";
  return E;
}

} // namespace heddle
