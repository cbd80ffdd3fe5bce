// What runs once runs itself.
#include <go/go.h>

#include <mutex>

std::once_flag Flag;
int Value;

int &instance() {
  std::call_once(Flag, [] {
    std::call_once(Flag, [] { Value = 1; }); // bug: once-recursive
  });
  return Value;
}

class Registry {
public:
  int lookup() {
    Once.call([this] { load(); });
    return N;
  }

private:
  void load() {
    N = 1;
    reload();
  }
  void reload() {
    Once.call([this] { N = 2; }); // bug: once-recursive
  }
  go::Once Once;
  int N = 0;
};
