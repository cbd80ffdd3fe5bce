// The options of this run, one member per line of heddle/Options.def.
//
// Filled in once by report/ before main; read by everybody afterwards.
#ifndef HEDDLE_DETECT_OPTIONS_H
#define HEDDLE_DETECT_OPTIONS_H

#include <cstdint>

namespace heddle {

struct Options {
  using Bool = bool;
  using Int = int64_t;
  using String = const char *; // never null, lives for ever

#define HEDDLE_OPTION(Type, Member, Name, Default, Help) Type Member = Default;
#include "heddle/Options.def"
};

extern Options gOptions;

// True if this run is to be like one of ThreadSanitizer (compat=tsan).
inline bool compatTsan() { return gOptions.Compat[0] == 't'; }

} // namespace heddle
#endif
