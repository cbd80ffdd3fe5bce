// Which kinds of operations go on only when another strand lets them.
#ifndef HEDDLE_ENGINES_WAITS_KINDS_H
#define HEDDLE_ENGINES_WAITS_KINDS_H

#include "facts/Facts.h"

namespace heddle {

// Locks are left out: whoever holds one gives it back by itself.
inline bool isWait(OpKind K) {
  switch (K) {
  case OpKind::Recv:
  case OpKind::Select:
  case OpKind::WgWait:
  case OpKind::EventWait:
  case OpKind::BarrierWait:
  case OpKind::SemAcquire:
  case OpKind::CvWait:
  case OpKind::Join:
  case OpKind::Blocks:
  case OpKind::Suspend:
    return true;
  default:
    return false;
  }
}

} // namespace heddle

#endif
