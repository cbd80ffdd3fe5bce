// close-early, broken: two senders close the channel that they share.
// Teaches: only who sends may close, and only after the last send of all.
// Static: -
// Run: misuse
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto Lines = go::makeChan<const char *>(2);
    go::WaitGroup Senders;
    for (const char *Name : {"first", "second"})
      Senders.go([=] {
        Lines.send(Name);
        Lines.close(); // the other one may still send, and closes again
      });
    Senders.wait();
    for (const char *Line : Lines)
      std::printf("%s\n", Line);
  });
}
