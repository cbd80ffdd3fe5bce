// Ways out on which a lock stays held.
#include <go/go.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>

class Table {
public:
  bool remove(int Key) {
    M.lock();
    auto It = Rows.find(Key);
    if (It == Rows.end())
      return false; // bug: lock-leak
    Rows.erase(It);
    M.unlock();
    return true;
  }

  void rename(int Key, const std::string &Name) {
    M.lock();
    if (Name.empty())
      return; // bug: lock-leak
    Rows[Key] = Name;
    M.unlock();
  }

  void add(int Key, const std::string &Name) {
    M.lock();
    if (Rows.count(Key))
      throw std::runtime_error("exists"); // bug: lock-leak
    Rows[Key] = Name;
    M.unlock();
  }

  const char *name(int Key) {
    M.lock();
    if (!Rows.count(Key))
      return nullptr; // bug: lock-leak
    const char *Name = Rows[Key].c_str();
    M.unlock();
    return Name;
  }

private:
  std::mutex M;
  std::map<int, std::string> Rows;
};

int reader(std::shared_mutex &M, int &Value) {
  M.lock_shared();
  if (Value < 0)
    return -1; // bug: lock-leak
  int Copy = Value;
  M.unlock_shared();
  return Copy;
}

// The same value is returned with and without the lock.
int sameValue(std::mutex &M, int &Value) {
  M.lock();
  if (Value == 0)
    return 0; // bug: lock-leak
  --Value;
  M.unlock();
  return 0;
}

// Falls out of the loop with the lock.
void leavesLoop(std::mutex &M, bool &Closed) {
  for (;;) {
    M.lock(); // bug: lock-leak
    if (Closed)
      break;
    M.unlock();
  }
}

// A task ends with the lock.
void inTask(go::Mutex &M, int &Value) {
  go::spawn([&] {
    M.lock();
    if (Value > 9)
      return; // bug: lock-leak
    ++Value;
    M.unlock();
  });
}

// The unlock is in a function of its own.
struct Ring {
  go::Mutex M;
  int N = 0;
  void close() { M.unlock(); }
  void push() {
    M.lock();
    if (N == 8)
      return; // bug: lock-leak
    ++N;
    close();
  }
};
