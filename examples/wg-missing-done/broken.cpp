// wg-missing-done, broken: an early return leaves the counter above 0 for ever.
// Teaches: done must run on every way out; WaitGroup::go sees to it.
// Static: wg-unbalanced
// Run: deadlock
#include <go/go.h>

#include <cstdio>

bool isComment(const char *Line) { return Line[0] == '#'; }

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (const char *Line : {"one", "# two", "three"}) {
      Wg.add(1);
      go::spawn([&Wg, Line] {
        if (isComment(Line))
          return; // done is skipped
        std::printf("%s\n", Line);
        Wg.done();
      });
    }
    Wg.wait();
  });
}
