// Unlocks without a lock that are not found.
#include <mutex>

std::mutex M;
int Value;

// From the second round on.
void inLoop(int N) {
  M.lock();
  for (int I = 0; I < N; ++I) {
    ++Value;
    M.unlock(); // missed: lock-unheld
  }
}

// The caller may hold the lock.
void neverTaken() {
  ++Value;
  M.unlock(); // missed: lock-unheld
}
