// list-directory, broken: the reader of a channel of names stops at a match.
// Teaches: a producer whose reader may stop early is better a callback.
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;

go::RecvChan<std::string> listFiles() {
  auto Names = go::makeChan<std::string>();
  go::spawn([=] {
    for (const char *Name : {"a.txt", "b.cpp", "c.txt"})
      Names.send(Name);
    Names.close();
  });
  return Names;
}

int main() {
  return go::main([] {
    for (std::string Name : listFiles())
      if (Name == "b.cpp") {
        std::puts("found");
        break; // the lister still has a name to send
      }
    go::sleep(10ms); // goes on with its work
  });
}
