// Paths as reports show them: relative to the root of the project.
#ifndef HEDDLE_TOOLS_REPORT_PATHS_H
#define HEDDLE_TOOLS_REPORT_PATHS_H

#include <string>

namespace heddle {

/// Path relative to Root if it lies in it, else absolute; `.` and `..` are
/// resolved by name. Root is absolute.
std::string relativeTo(const std::string &Root, const std::string &Path);

/// A path as the path part of a URI: what RFC 3986 reserves is escaped.
std::string uriPath(const std::string &Path);

} // namespace heddle
#endif
