// Recognises an access that a member of a standard container made for the user.
#ifndef HEDDLE_REPORT_CONTAINER_H
#define HEDDLE_REPORT_CONTAINER_H

#include "report/Frame.h"

namespace heddle {

struct ContainerUse {
  std::string Type;      // 'std::map<std::string, int>', empty if none
  std::string Operation; // 'operator[]'
};

// Looks at the frames inside the user's: the outermost member of a container
// among them is the operation that the user called.
ContainerUse containerUse(const Frames &Stack);

// Shortens the names of standard types: default arguments and inline
// namespaces go, basic_string<char> is string.
std::string shortType(const std::string &Type);

} // namespace heddle
#endif
