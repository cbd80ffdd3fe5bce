// wg-missing-done, mended: the group itself calls done.
// Teaches: done must run on every way out; WaitGroup::go sees to it.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

bool isComment(const char *Line) { return Line[0] == '#'; }

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (const char *Line : {"one", "# two", "three"})
      Wg.go([Line] {
        if (isComment(Line))
          return;
        std::printf("%s\n", Line);
      });
    Wg.wait();
  });
}
