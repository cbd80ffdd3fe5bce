// What a majority does not show.
#include <mutex>

// Fewer than four uses.
class Small {
public:
  void set(int N) {
    std::lock_guard Guard(M);
    Value = N;
  }
  int get() const { return Value; } // missed: race-inconsistent-guard

private:
  std::mutex M;
  int Value = 0;
};

// A lock that other files can take before they call.
struct Open {
  std::mutex M;
  int Value = 0;
  void set(int N) {
    std::lock_guard Guard(M);
    Value = N;
  }
  void add(int N) {
    std::lock_guard Guard(M);
    Value += N;
  }
  int next() {
    std::lock_guard Guard(M);
    return Value + 1;
  }
};
// Who calls it is not known.
int valueOf(int (*Get)(Open &), Open &O) { return Get(O); }
static int get(Open &O) { return O.Value; } // missed: race-inconsistent-guard
int valueOf(Open &O) { return valueOf(get, O); }

// A name that looks as if the callers held the lock.
class Named {
public:
  void set(int N) {
    std::lock_guard Guard(M);
    Value = N;
  }
  void add(int N) {
    std::lock_guard Guard(M);
    Value += N;
  }
  int next() {
    std::lock_guard Guard(M);
    return Value + 1;
  }
  int unlockedValue() const { return Value; } // missed: race-inconsistent-guard

private:
  std::mutex M;
  int Value = 0;
};
