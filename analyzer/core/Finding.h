// A finding, as plain data: made by checks, printed by hosts and reports.
//
// A finding owns all of its text, so that it outlives the translation unit.
#ifndef HEDDLE_CORE_FINDING_H
#define HEDDLE_CORE_FINDING_H

#include <cstdint>
#include <string>
#include <vector>

namespace heddle {

// A place in a file. Line and Column count from 1; Length in characters.
struct Location {
  std::string File;
  uint32_t Line = 0, Column = 0;
  uint32_t Length = 1;
  uint32_t Offset = 0;
  std::string LineText; // the source line, without its newline

  bool valid() const { return Line != 0; }
};

struct Note {
  Location Where;
  std::string Message;
};

struct Replacement {
  std::string File;
  uint32_t Offset = 0, Length = 0; // bytes of the file
  uint32_t Line = 0, Column = 0;   // of Offset
  std::string Text;
};

// All replacements of a fix are applied together or not at all.
struct Fix {
  std::string Title; // "move 'wg.add(1)' above line 41"
  bool Safe = false; // keeps the meaning: may be applied without a look
  std::vector<Replacement> Edits;
};

enum class Severity : uint8_t { Error, Warning };

struct Finding {
  std::string CheckId;
  Severity Level = Severity::Warning;
  std::string Message;
  Location Where;
  std::string Label; // text behind the carets, may be empty
  Location Context;  // an earlier line shown above, e.g. the spawn; optional
  std::vector<Note> Notes;
  std::vector<Fix> Fixes;
  std::string Function;    // enclosing function, as a reader knows it
  std::string Fingerprint; // stable over edits elsewhere: no line numbers
  std::string Strands;     // free text for reports, may be empty
};

} // namespace heddle

#endif
