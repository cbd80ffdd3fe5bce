// A thread that was let go.
#include <cstdio>
#include <thread>

struct Report {
  int Errors = 0;
  void write() const {
    if (Errors)
      std::puts("errors");
    std::puts("end of report");
  }
};

int main() {
  std::thread Writer([] { // bug: go-not-awaited
    Report R;
    R.write();
  });
  Writer.detach();
  std::puts("done");
}
