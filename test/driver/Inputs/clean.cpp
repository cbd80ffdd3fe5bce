// Two threads add to one counter, one after the other; ends with argc - 1.
#include <thread>

int Balance;

int main(int Argc, char **) {
  std::thread T([] { Balance += 1; });
  T.join();
  Balance += 2;
  return Argc - 1;
}
