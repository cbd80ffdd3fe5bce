// The program ends while a task has something to clean up.
#include <go/go.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

bool work();
void removeFile(const char *Name);

// A deferred call.
void deferred() {
  go::spawn([] {
    go::Defer AtExit([] { removeFile("lock"); });
    if (!work())
      std::exit(1); // bug: exit-skips-cleanup
  });
}

// A destructor.
struct TempFile {
  const char *Name = "scratch";
  ~TempFile() { removeFile(Name); }
};

void destructor() {
  std::thread T([] {
    TempFile Scratch;
    if (!work())
      std::quick_exit(1); // bug: exit-skips-cleanup
    work();
  });
  T.join();
}

// In a helper; the caller has something to clean up.
void fatal(const char *Message) {
  std::puts(Message);
  exit(1); // bug: exit-skips-cleanup
}

void throughHelper() {
  go::spawn([] {
    TempFile Scratch;
    if (!work())
      fatal("no work");
    work();
  });
}

// A method, an inner scope.
class Server {
public:
  void start() {
    go::spawn([this] { run(); });
  }

private:
  void run() {
    while (work()) {
      TempFile Request;
      if (!accept())
        std::_Exit(3); // bug: exit-skips-cleanup
    }
  }
  bool accept();
};
