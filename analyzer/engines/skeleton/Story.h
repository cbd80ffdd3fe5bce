// Tells a finding of the explorer in words and places of the source.
//
// A witness has every step of every strand. A reader needs those that matter
// for the channel on which a strand is stuck: where it is made, who is started,
// what passes through it, and where each strand that could have helped passes
// the last point from which it can.
#ifndef HEDDLE_SKELETON_STORY_H
#define HEDDLE_SKELETON_STORY_H

#include "engines/skeleton/Analysis.h"

#include <string>
#include <vector>

namespace heddle::skeleton {

struct StoryNote {
  Range Where;
  std::string Text;
};

struct Story {
  /// The channel of the operation that blocks; the first case of a select.
  ObjectId Channel = kNoObject;
  StepId Stuck = kNone;
  bool IsSend = false;
  bool IsSelect = false;
  /// Some other strand has an operation that would let this one go on.
  bool HasPeer = false;
  /// Who could have helped and how it went away: "'page' can return without
  /// receiving from 'comments'". Empty if nobody could.
  std::string Cause;
  std::vector<StoryNote> Notes;
};

/// Requires: F is one of X.R.Stuck. Channel is kNoObject if the strand is not
/// stuck on channels alone.
Story tell(const Explored &X, const Blocked &F);

} // namespace heddle::skeleton

#endif
