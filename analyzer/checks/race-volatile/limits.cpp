// Volatile variables that are not followed.
#include <thread>

// What a pointer leads to.
void wait(volatile int *Flag) { // missed: race-volatile
  std::thread([Flag] {
    while (!*Flag)
      ;
  }).detach();
}
void signal(volatile int *Flag) { *Flag = 1; }
