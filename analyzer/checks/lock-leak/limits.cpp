// Locks that stay held and are not found.
#include <mutex>

std::mutex M;
int Value;
void mayThrow();
int compute();

// An exception of a function that is called.
void thrownBelow() {
  M.lock();
  mayThrow(); // missed: lock-leak
  M.unlock();
}

// The caller could tell the difference.
int otherValue() {
  M.lock();
  if (Value == 0)
    return compute(); // missed: lock-leak
  --Value;
  M.unlock();
  return 1;
}

// Nothing gives the lock back anywhere: it may be meant for the caller.
void nowhere() {
  M.lock();
  ++Value;
} // missed: lock-leak
