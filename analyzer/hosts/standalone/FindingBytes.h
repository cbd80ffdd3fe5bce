// Findings as bytes, for caches.
#ifndef HEDDLE_HOSTS_STANDALONE_FINDINGBYTES_H
#define HEDDLE_HOSTS_STANDALONE_FINDINGBYTES_H

#include "core/Finding.h"
#include "facts/summary/Bytes.h"

namespace heddle {

void writeFindings(ByteWriter &Out, const std::vector<Finding> &Findings);
// What cannot be read leaves the reader bad.
std::vector<Finding> readFindings(ByteReader &In);

void writeLocation(ByteWriter &Out, const Location &L);
Location readLocation(ByteReader &In);

} // namespace heddle

#endif
