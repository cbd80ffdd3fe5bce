// Two threads add to one counter, and nothing orders them.
#include <thread>

int Balance;

void deposit() { Balance += 1; }

int main() {
  std::thread T(deposit);
  Balance += 2;
  T.join();
  return 0;
}
