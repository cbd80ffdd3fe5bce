// close-early, broken: each of two senders closes the channel that they share.
// Teaches: only who sends may close, and only after the last send of all.
// Static: -
// Run: data-race, misuse
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto Lines = go::makeChan<const char *>(2);
    for (const char *Name : {"first", "second"})
      go::spawn([=] {
        Lines.send(Name);
        Lines.close(); // the other one may still send, and closes again
      });
    for (const char *Line : Lines)
      std::printf("%s\n", Line);
  });
}
