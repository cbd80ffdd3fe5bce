// Clean-up that is skipped, and not found.
#include <go/go.h>

#include <cstdlib>
#include <fstream>

bool work();
void removeFile(const char *Name);
[[noreturn]] void die();

// What the destructors of libraries do is not known: this file is not flushed.
void file() {
  go::spawn([] {
    std::ofstream Log("log");
    Log << "start\n";
    if (!work())
      std::exit(1); // missed: exit-skips-cleanup
  });
}

// That of the spawner.
void spawner() {
  go::Defer AtExit([] { removeFile("lock"); });
  go::WaitGroup Wg;
  Wg.go([] {
    if (!work())
      std::exit(1); // missed: exit-skips-cleanup
  });
  Wg.wait();
}

// Functions of the program's own that do not return, and are not seen.
void unseen() {
  go::spawn([] {
    go::Defer AtExit([] { removeFile("lock"); });
    if (!work())
      die(); // missed: exit-skips-cleanup
  });
}
