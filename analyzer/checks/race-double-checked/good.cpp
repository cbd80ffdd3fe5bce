// Lazy initialisation that is right.
#include <atomic>
#include <mutex>

struct Config {
  int Size = 0;
};

std::mutex M;
Config *Plain;
std::atomic<Config *> Instance;
std::atomic<bool> Ready;
std::once_flag Flag;
int Value;

Config *doubleChecked() {
  Config *C = Instance.load(std::memory_order_acquire);
  if (!C) {
    std::lock_guard Guard(M);
    C = Instance.load(std::memory_order_relaxed);
    if (!C) {
      C = new Config;
      Instance.store(C, std::memory_order_release);
    }
  }
  return C;
}

void prepared() {
  if (Ready)
    return;
  std::lock_guard Guard(M);
  if (Ready)
    return;
  Value = 1;
  Ready = true;
}

Config *locked() {
  std::lock_guard Guard(M);
  if (!Plain)
    Plain = new Config;
  return Plain;
}

Config *once() {
  std::call_once(Flag, [] { Plain = new Config; });
  return Plain;
}

Config &staticLocal() {
  static Config C;
  return C;
}

// Two critical sections.
void twice() {
  {
    std::lock_guard Guard(M);
    if (Plain)
      return;
  }
  Config *C = new Config;
  std::lock_guard Guard(M);
  if (!Plain)
    Plain = C;
}

thread_local Config *Mine;
Config *perThread() {
  if (!Mine) {
    std::lock_guard Guard(M);
    if (!Mine)
      Mine = new Config;
  }
  return Mine;
}

// Called with the lock, which it gives back for a while.
void compact() {
  if (!Plain)
    return;
  M.unlock();
  delete Plain;
  M.lock();
  if (Plain)
    Plain = nullptr;
}

// A parameter is not what is guarded.
void parameter(int N) {
  if (N > 0) {
    std::lock_guard Guard(M);
    if (N > Value)
      Value = N;
  }
}
