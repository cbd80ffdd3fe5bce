// A finding in words: symbolised, named, with an identity that is stable over
// runs; and the list of all findings of this run.
//
// Thread safety: callers hold the report's lock.
#ifndef HEDDLE_REPORT_FINDING_H
#define HEDDLE_REPORT_FINDING_H

#include "detect/Report.h"
#include "report/Location.h"

namespace heddle {

struct HeldName {
  std::string Name;
  bool Exclusive;
  Frame Taken;
};

// One strand's part in a finding.
struct FindingSide {
  std::string What;   // 'write', 'atomic read', 'lock', 'chan send', ...
  std::string Detail; // one more fact, for the end of the line
  std::string Strand; // 'G7 "worker"'
  uint64_t StrandId = 0;
  bool IsGoroutine = false;
  size_t Size = 0; // of the access
  Frames Stack;
  std::string Operation; // of a container, empty if none
  Frame Spawned;         // where the strand was created, if Line != 0
  Frames SpawnStack;     // all that is known of it
  bool HoldingKnown = false;
  std::vector<HeldName> Holding;
};

struct Finding {
  std::string Kind;  // 'data-race', the id that 'heddle explain' knows
  std::string Title; // 'DATA RACE on ...', without the id
  std::string Id;    // 'xxxx-xxxx'
  std::string Text;  // what was printed
  uint64_t Seen = 1;
  std::vector<FindingSide> Sides;
  Location Where; // of races
};

// Hash of Kind, which distinguishes findings at the same places, and of the
// user's frame of every side, in any order.
std::string findingId(const Finding &F, const std::string &Kind);

// Returns false, and counts, if a finding with F's id is there already or if
// the user does not want to hear of F.
bool isWanted(const Finding &F);
// How many different findings were suppressed or allowed in the source.
size_t silencedFindings();
// Adds a finding that isWanted, and prints it. Body: the lines below the title,
// unless F has a text of another shape.
void addFinding(Finding F, const std::string &Body);
const std::vector<Finding> &findings();
void dropFindings();

// 'G7 "worker"', 'T2', 'T1 "main"'.
std::string strandText(const StrandInfo &Who);
// Fills in strand, stack and spawn place.
FindingSide makeSide(const std::string &What, const StrandInfo &Who,
                     StackRef Stack);
// The place of the user's frame / the text of its source line.
std::string sidePlace(const FindingSide &Side);
std::string sideSource(const FindingSide &Side);
// The callers of the user's frame and where the strand was spawned: one line,
// or empty. Every frame, with the option frames=all.
std::string sideCallers(const FindingSide &Side);

// Lines up cells into columns, two spaces between them.
std::string table(const std::vector<std::vector<std::string>> &Rows);

} // namespace heddle
#endif
