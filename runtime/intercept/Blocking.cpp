// Blocking calls that a cancellation may end.
#include "intercept/Blocking.h"

namespace heddle {

int blockCancellable(int (*Block)(void *), void (*After)(void *), void *Arg) {
  int Result;
  pthread_cleanup_push(After, Arg);
  Result = Block(Arg);
  pthread_cleanup_pop(1);
  return Result;
}

} // namespace heddle
