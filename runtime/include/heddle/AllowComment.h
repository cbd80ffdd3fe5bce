// `// heddle:allow(id, id) reason`, as the analyzer and the runtime read it.
//
// Not for programs: what an id may be, and which lines a comment covers, stands
// in docs/guide/suppressions.md. Nothing here keeps or allocates memory.
#ifndef HEDDLE_ALLOWCOMMENT_H
#define HEDDLE_ALLOWCOMMENT_H

#include <cstddef>
#include <string_view>

namespace heddle {

inline constexpr std::string_view kAllowMarker = "heddle:allow(";

// Kinds of findings of a run, which no check of the analyzer makes.
inline constexpr std::string_view kRunTimeKinds[] = {
    "data-race", "vptr-race", "use-after-free", "deadlock",
    "leak",      "misuse",    "race",           "mutex"};

inline bool isRunTimeKind(std::string_view Id) {
  for (std::string_view K : kRunTimeKinds)
    if (K == Id)
      return true;
  return false;
}

inline std::string_view trimSpace(std::string_view Text) {
  size_t First = Text.find_first_not_of(" \t\r");
  if (First == std::string_view::npos)
    return {};
  return Text.substr(First, Text.find_last_not_of(" \t\r") - First + 1);
}

struct AllowComment {
  std::string_view Code;   // in front of the comment, trimmed
  std::string_view Ids;    // between the parentheses
  std::string_view Reason; // trimmed, empty if there is none
  size_t Begin = 0;        // of the marker in the line
  size_t End = 0;          // behind the closing parenthesis
};

// Reads the allow comment of a line of source. False if there is none.
inline bool readAllowComment(std::string_view Line, AllowComment &Out) {
  size_t Comment = Line.find("//");
  if (Comment == std::string_view::npos)
    return false;
  Out.Begin = Line.find(kAllowMarker, Comment);
  if (Out.Begin == std::string_view::npos ||
      !trimSpace(Line.substr(Comment + 2, Out.Begin - Comment - 2)).empty())
    return false;
  size_t Ids = Out.Begin + kAllowMarker.size(), Close = Line.find(')', Ids);
  if (Close == std::string_view::npos)
    return false;
  Out.End = Close + 1;
  Out.Code = trimSpace(Line.substr(0, Comment));
  Out.Ids = Line.substr(Ids, Close - Ids);
  Out.Reason = Line.substr(Out.End);
  if (!Out.Reason.empty() && Out.Reason.front() == ':')
    Out.Reason.remove_prefix(1);
  Out.Reason = trimSpace(Out.Reason);
  return true;
}

// Takes the first id off Ids. False at the end.
inline bool nextAllowedId(std::string_view &Ids, std::string_view &Id) {
  if (Ids.empty())
    return false;
  size_t Comma = Ids.find(',');
  Id = trimSpace(Ids.substr(0, Comma));
  Ids.remove_prefix(Comma == std::string_view::npos ? Ids.size() : Comma + 1);
  return true;
}

// True if a comment above a line covers it from there: only comments and blank
// lines may lie between.
inline bool isTransparentLine(std::string_view Line) {
  std::string_view Text = trimSpace(Line);
  return Text.empty() || Text.substr(0, 2) == "//";
}

} // namespace heddle
#endif
