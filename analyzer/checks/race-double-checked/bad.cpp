// The first test reads a plain variable.
#include <go/go.h>

#include <memory>
#include <mutex>

struct Config {
  int Size = 0;
};

std::mutex M;
Config *Instance;
bool Ready;
int Value;

Config *instance() {
  if (!Instance) { // bug: race-double-checked
    std::lock_guard Guard(M);
    if (!Instance)
      Instance = new Config;
  }
  return Instance;
}

void prepare() {
  if (Ready) // bug: race-double-checked
    return;
  std::lock_guard Guard(M);
  if (Ready)
    return;
  Value = 1;
  Ready = true;
}

class Lazy {
public:
  int get() {
    if (!Done) { // bug: race-double-checked
      L.lock();
      if (!Done) {
        N = 7;
        Done = true;
      }
      L.unlock();
    }
    return N;
  }

private:
  go::Mutex L;
  bool Done = false;
  int N = 0;
};

int &local() {
  static int *Table = nullptr;
  if (Table == nullptr) { // bug: race-double-checked
    std::unique_lock Guard(M);
    if (Table == nullptr)
      Table = new int(3);
  }
  return *Table;
}
