// What one translation unit adds to the facts of a program, as bytes.
//
//   summary := "HeddleFs" version:fixed length:fixed hash:fixed payload
//   payload := unit files classes globals told records
//
// Summaries may follow each other, as linkers put the sections of several
// objects behind each other, with zeros between them.
//
// Invariants: bytes that were cut off or changed are refused, with a message
// that says so: the hash covers the payload.
#ifndef HEDDLE_FACTS_SUMMARY_SUMMARY_H
#define HEDDLE_FACTS_SUMMARY_SUMMARY_H

#include "facts/summary/Record.h"

#include <tuple>

namespace heddle {

// Changes whenever what is written changes its meaning.
constexpr uint64_t kSummaryVersion = 2;

// What a unit knows of an object of static storage.
struct GlobalRecord {
  std::string Usr;
  bool External = false, Defined = false, EachDefines = false;
  bool Assigned = false, CapturedByRef = false;
  uint32_t Mentions = 0;
};

struct SummaryFile {
  std::string Path;
  uint64_t Hash = 0; // of its text: what line and column refer to
};

// A finding that the unit alone gives, so that nobody tells it again.
struct ToldFinding {
  std::string CheckId;
  std::string File;
  uint32_t Line = 0, Column = 0;
  bool operator<(const ToldFinding &O) const {
    return std::tie(CheckId, File, Line, Column) <
           std::tie(O.CheckId, O.File, O.Line, O.Column);
  }
};

struct Summary {
  std::string MainFile;
  unsigned Standard = 0;
  std::vector<SummaryFile> Files;
  std::set<std::string> Classes; // Unit::MainFileClasses
  std::vector<GlobalRecord> Globals;
  std::vector<ToldFinding> Told;
  std::vector<Record> Records; // their bytes lie in what was read
  uint64_t Hash = 0;
};

std::string writeSummary(const Unit &U, const std::vector<ToldFinding> &Told);

// Adds all summaries that `Bytes` holds, which must outlive them. Returns what
// is wrong with the bytes, or "".
std::string readSummaries(std::string_view Bytes, std::vector<Summary> &Out);

} // namespace heddle

#endif
