// The summaries that objects and archives hold in their section `.heddle`.
#ifndef HEDDLE_HOSTS_STANDALONE_OBJECTS_H
#define HEDDLE_HOSTS_STANDALONE_OBJECTS_H

#include "facts/summary/Summary.h"
#include "hosts/standalone/Standalone.h"

#include "llvm/Support/MemoryBuffer.h"

#include <list>

namespace heddle {

struct ObjectSummaries {
  std::vector<Summary> Summaries;
  std::vector<std::string> Without; // objects that have none
  std::vector<FileError> Errors;
  size_t Objects = 0;
  // What the summaries lie in.
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Buffers;
  std::list<std::string> Copies;
};

// Reads ELF objects, LLVM bitcode, and archives of both.
ObjectSummaries readObjects(const std::vector<std::string> &Files);

} // namespace heddle

#endif
