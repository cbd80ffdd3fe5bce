// The file of a recorded schedule: every choice of a controlled run, as text.
//
//   heddle-schedule 1
//   policy pct:3:7:1000       what chose, to be named in messages
//   in /home/me/project       the folder that it ran in
//   run ./test                the command line, one argument a line
//   run --fast
//   choices
//   1/3                       goroutine 1 (from 0) of 3 that could run
//   ?0/2                      any other choice: 0 of 2
//
// In a line of the head '\\' and '\n' stand for a backslash and a line feed.
// A process that dies leaves zeros after its last choice: the file ends at the
// first zero, and a choice that is cut off there does not count. The tools read
// the head, the runtime all of it.
#ifndef HEDDLE_SCHEDULEFILE_H
#define HEDDLE_SCHEDULEFILE_H

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

struct ScheduleChoice {
  bool IsPick = false; // of a goroutine
  uint32_t Index = 0;  // below Count
  uint32_t Count = 0;  // at least 1
};

struct Schedule {
  std::string Policy, Folder;
  std::vector<std::string> Command;
  std::vector<ScheduleChoice> Choices;
};

inline constexpr std::string_view kScheduleVersion = "heddle-schedule 1";

namespace schedulefile {

inline std::string escape(std::string_view Text) {
  std::string Out;
  for (char C : Text)
    if (C == '\n')
      Out += "\\n";
    else if (C == '\\')
      Out += "\\\\";
    else
      Out += C;
  return Out;
}

inline std::string unescape(std::string_view Text) {
  std::string Out;
  for (size_t I = 0; I < Text.size(); ++I) {
    bool Escaped = Text[I] == '\\' && I + 1 < Text.size();
    I += Escaped;
    Out += Escaped && Text[I] == 'n' ? '\n' : Text[I];
  }
  return Out;
}

inline bool readNumber(std::string_view &Text, uint32_t &Out) {
  auto [End, Error] =
      std::from_chars(Text.data(), Text.data() + Text.size(), Out);
  if (Error != std::errc())
    return false;
  Text.remove_prefix(size_t(End - Text.data()));
  return true;
}

inline bool readChoice(std::string_view Text, ScheduleChoice &Out) {
  Out.IsPick = Text.empty() || Text[0] != '?';
  if (!Out.IsPick)
    Text.remove_prefix(1);
  if (!readNumber(Text, Out.Index) || Text.empty() || Text[0] != '/')
    return false;
  Text.remove_prefix(1);
  return readNumber(Text, Out.Count) && Text.empty() && Out.Index < Out.Count;
}

inline bool consume(std::string_view &Line, std::string_view Word) {
  if (Line.substr(0, Word.size()) != Word)
    return false;
  Line.remove_prefix(Word.size());
  return true;
}

inline bool readHead(std::string_view Line, Schedule &Out) {
  if (consume(Line, "policy "))
    return Out.Policy = unescape(Line), true;
  if (consume(Line, "in "))
    return Out.Folder = unescape(Line), true;
  if (consume(Line, "run "))
    return Out.Command.push_back(unescape(Line)), true;
  return false;
}

} // namespace schedulefile

// The text up to and with the line 'choices'.
inline std::string formatScheduleHead(const Schedule &S) {
  std::string Text(kScheduleVersion);
  Text += "\npolicy " + schedulefile::escape(S.Policy);
  Text += "\nin " + schedulefile::escape(S.Folder);
  for (const std::string &Argument : S.Command)
    Text += "\nrun " + schedulefile::escape(Argument);
  return Text + "\nchoices\n";
}

inline std::string formatScheduleChoice(const ScheduleChoice &C) {
  return (C.IsPick ? "" : "?") + std::to_string(C.Index) + "/" +
         std::to_string(C.Count) + "\n";
}

// Reads Text into Out. Returns an empty string, or what is wrong and where.
inline std::string parseSchedule(std::string_view Text, Schedule &Out) {
  bool Dead = Text.find('\0') != std::string_view::npos;
  Text = Text.substr(0, Text.find('\0'));
  bool InHead = true;
  for (size_t Line = 1; !Text.empty(); ++Line) {
    size_t End = Text.find('\n');
    std::string_view Each = Text.substr(0, End);
    bool Cut = End == std::string_view::npos;
    Text.remove_prefix(Cut ? Text.size() : End + 1);
    auto wrong = [&](const char *What) {
      return "line " + std::to_string(Line) + ": " + What;
    };
    if (Line == 1) {
      if (Each != kScheduleVersion)
        return wrong("not 'heddle-schedule 1'");
    } else if (InHead) {
      InHead = Each != "choices";
      if (InHead && !schedulefile::readHead(Each, Out))
        return wrong("expected policy, in, run or choices");
    } else {
      ScheduleChoice C;
      if (Cut && Dead)
        break;
      if (!schedulefile::readChoice(Each, C))
        return wrong("expected a choice such as 1/3 or ?0/2");
      Out.Choices.push_back(C);
    }
  }
  return InHead ? "the line 'choices' is missing" : "";
}

} // namespace heddle
#endif
