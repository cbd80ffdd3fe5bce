// list-directory, mended: the lister does the work and asks whether to go on.
// Teaches: a producer whose reader may stop early is better a callback.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;

template <class Visitor> void listFiles(Visitor Visit) {
  for (const char *Name : {"a.txt", "b.cpp", "c.txt"})
    if (!Visit(std::string(Name)))
      return;
}

int main() {
  return go::main([] {
    listFiles([](const std::string &Name) {
      if (Name != "b.cpp")
        return true;
      std::puts("found");
      return false;
    });
    go::sleep(10ms); // goes on with its work
  });
}
