// Who can end a wait: the operations on the other side of a channel, a wait
// group or a thread.
//
// Two names of a channel are one if a step copies one to the other, or if they
// are the same member of a class and the scope cannot tell of which object. A
// channel that code outside of the scope may know has no known peers.
#ifndef HEDDLE_ENGINES_WAITS_PEERS_H
#define HEDDLE_ENGINES_WAITS_PEERS_H

#include "engines/shared-data/SharedData.h"
#include "facts/PathClasses.h"

#include <optional>

namespace heddle {

// One operation that may block, and what it is: a select is several.
struct Wait {
  StepId Step = kNone;
  bool Sends = false;
  std::vector<PathId> Channels; // empty: a wait group or a thread
};

class Peers {
public:
  explicit Peers(const Scope &S);

  // The step as a wait that only other strands can end; nothing if it ends by
  // itself or is no wait.
  std::optional<Wait> waitAt(StepId Id) const;
  // Steps that can end it, and strands whose end does (as kEndOf | strand);
  // nothing if the scope does not show all of them.
  std::optional<std::vector<StepId>> of(const Wait &W) const;
  // A wait group or a thread waits for all of them, a channel for one.
  static bool needsAll(const Wait &W) { return W.Channels.empty(); }

  // How many values the channel takes before a send waits; nothing if the
  // scope does not know.
  std::optional<int64_t> capacity(PathId Channel) const;
  // Sends to the channel, those in selects included.
  std::vector<StepId> sendsTo(PathId Channel) const;
  bool isShown(PathId Channel) const;

  static constexpr StepId kEndOf = 0x80000000;

private:
  void findNames();
  void findOutside();
  void hide(PathId Whole);
  bool isOutside(PathId P) const;
  std::vector<StepId> on(PathId Channel, bool Sends, bool Closes) const;

  const Scope &S;
  const PathTable &P;
  std::set<PathId> Names; // all channels that steps work on
  PathClasses Classes;
  std::set<PathId> Given;  // objects that were hidden, with their members
  std::set<PathId> Hidden; // classes that others know
};

} // namespace heddle

#endif
