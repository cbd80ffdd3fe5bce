// Rendering of findings and application of their fixes.
#include "core/Text.h"

#include <algorithm>

namespace heddle {

static std::string position(const Location &L) {
  return L.File + ":" + std::to_string(L.Line) + ":" +
         std::to_string(L.Column) + ": ";
}

static std::string sourceLine(const Location &L) {
  std::string Number = std::to_string(L.Line);
  Number.insert(0, Number.size() < 5 ? 5 - Number.size() : 0, ' ');
  return Number + " | " + L.LineText + "\n";
}

// Tabs stay tabs, so that the carets stand below their text.
static std::string caretLine(const Location &L, const std::string &Label) {
  std::string Out = "      | ";
  for (uint32_t I = 0; I + 1 < L.Column && I < L.LineText.size(); ++I)
    Out += L.LineText[I] == '\t' ? '\t' : ' ';
  Out += '^';
  Out.append(L.Length > 0 ? L.Length - 1 : 0, '~');
  return Out + (Label.empty() ? "" : " " + Label) + "\n";
}

std::string renderText(const Finding &F) {
  const char *Level = F.Level == Severity::Error ? "error: " : "warning: ";
  std::string Out =
      position(F.Where) + Level + F.Message + " [" + F.CheckId + "]\n";
  if (F.Context.valid() && F.Context.File == F.Where.File &&
      F.Context.Line < F.Where.Line)
    Out += sourceLine(F.Context);
  Out += sourceLine(F.Where) + caretLine(F.Where, F.Label);
  for (const Note &N : F.Notes)
    Out += position(N.Where) + "note: " + N.Message + "\n";
  for (const Fix &Change : F.Fixes)
    Out += std::string("  fix (") + (Change.Safe ? "safe" : "look first") +
           "): " + Change.Title + "       heddle check --fix\n";
  return Out + "  more: heddle explain " + F.CheckId + "\n";
}

static bool overlaps(const std::vector<Replacement> &Taken,
                     const Replacement &E) {
  return std::any_of(Taken.begin(), Taken.end(), [&](const Replacement &T) {
    return T.File == E.File && T.Offset < E.Offset + E.Length &&
           E.Offset < T.Offset + T.Length;
  });
}

unsigned applyFixes(std::string &Text, const std::string &File,
                    const std::vector<Finding> &Findings, bool SafeOnly) {
  std::vector<Replacement> Taken;
  unsigned Applied = 0;
  for (const Finding &F : Findings) {
    if (F.Fixes.empty() || (SafeOnly && !F.Fixes.front().Safe))
      continue;
    const auto &Edits = F.Fixes.front().Edits;
    bool Fits = std::all_of(Edits.begin(), Edits.end(), [&](const auto &E) {
      return E.File == File && E.Offset + E.Length <= Text.size() &&
             !overlaps(Taken, E);
    });
    if (!Fits)
      continue;
    Taken.insert(Taken.end(), Edits.begin(), Edits.end());
    ++Applied;
  }
  std::stable_sort(
      Taken.begin(), Taken.end(),
      [](const auto &A, const auto &B) { return A.Offset > B.Offset; });
  for (const Replacement &E : Taken)
    Text.replace(E.Offset, E.Length, E.Text);
  return Applied;
}

} // namespace heddle
