// Once, with other flags inside, or one after the other.
#include <go/go.h>

#include <mutex>

std::once_flag First, Second;
int Value;

void nested() {
  std::call_once(First, [] { std::call_once(Second, [] { Value = 1; }); });
}

void again() {
  std::call_once(First, [] { Value = 1; });
  std::call_once(First, [] { Value = 2; });
}

struct Part {
  go::Once Once;
  Part *Next = nullptr;
  int N = 0;
  void load() {
    Once.call([this] {
      if (Next)
        Next->load();
      N = 1;
    });
  }
};

int &singleton() {
  static int V = 1;
  return V;
}
