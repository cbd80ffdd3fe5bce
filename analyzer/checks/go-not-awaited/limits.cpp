// Tasks that are cut off, and not found.
#include <go/go.h>

#include <cstdio>

void save(int Value);
void load();

int main() {
  return go::main([] {
    auto Started = go::makeChan<int>(1);
    // It tells main something, but not that it is done.
    go::spawn([=] { // missed: go-not-awaited
      Started.send(1);
      std::puts("one");
    });
    Started.recv();
    // What is called may take as long as it likes.
    go::spawn([] { std::puts("two"); }); // missed: go-not-awaited
    load();
    // What a function without a body does may matter to nobody.
    go::spawn([] { save(3); }); // missed: go-not-awaited
  });
}
