// close-early, mended: the channel is closed once both senders are done.
// Teaches: only who sends may close, and only after the last send of all.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto Lines = go::makeChan<const char *>();
    go::WaitGroup Senders;
    for (const char *Name : {"first", "second"})
      Senders.go([=] { Lines.send(Name); });
    go::spawn([=, &Senders] {
      Senders.wait();
      Lines.close();
    });
    for (const char *Line : Lines)
      std::printf("%s\n", Line);
  });
}
