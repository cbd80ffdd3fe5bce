// A function with its lambdas, as bytes that say the same in every file.
//
// A record holds all that it needs: its own tables of texts, objects and paths,
// numbered as they are met. Other functions and global objects are named by
// their USR. So an inline function or an instance of a template gives the same
// bytes in each translation unit that sees the same tokens, and is kept once by
// its USR and the hash of its bytes. Where the bytes differ, the twins stay
// apart.
//
//   record := length header tables functions
//
// Invariants: a table refers to itself only backwards. Reading any bytes ends
// with the functions or with an error; ids that it gives are all in range.
#ifndef HEDDLE_FACTS_SUMMARY_RECORD_H
#define HEDDLE_FACTS_SUMMARY_RECORD_H

#include "facts/Facts.h"

#include <functional>

namespace heddle {

// A function that a record mentions and does not hold.
struct FunctionRef {
  std::string Usr;
  bool Internal = false;  // of this translation unit, invisible to others
  bool Elsewhere = false; // this unit has no body of it
};

struct RecordHeader {
  std::string Usr;
  FunctionKind Kind = FunctionKind::Free;
  bool External = false;   // other files may call it
  bool InMainFile = false; // not from a header
  bool Concurrent = false; // has an operation on concurrency itself
  uint32_t Functions = 1;  // with its lambdas
  std::vector<FunctionRef> Refs;
};

// A record where it lies in a summary.
struct Record {
  RecordHeader Header;
  std::string_view Bytes; // header included
  uint64_t Hash = 0;
};

// A function and the lambdas made in it. Requires: each stands behind its
// parent.
std::string writeRecord(const Unit &U, const std::vector<FunctionId> &Group);

// Returns false if the bytes begin with no record's header.
bool readHeader(std::string_view Bytes, RecordHeader &Out);

// Where the functions of a record go.
struct RecordPlace {
  Unit &U;
  FunctionId First;                // of the record's functions, which exist
  std::vector<FunctionId> Targets; // for each of Header.Refs, or kNone
  // Finds or adds an object of static storage.
  std::function<ObjectId(Object)> Global;
  // What a class of the record is called in the unit.
  std::function<std::string(const std::string &)> ClassName;
};

// Adds the functions to the unit. Calls of functions that the place has a
// target for become calls of that. Returns false if the bytes are no record;
// what was added then must not be used.
bool readRecord(std::string_view Bytes, const RecordPlace &Place);

} // namespace heddle

#endif
