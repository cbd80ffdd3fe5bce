// Nothing is left to clean up when the program ends, or it is not the task.
#include <go/go.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

bool work();
void removeFile(const char *Name);

struct TempFile {
  const char *Name = "scratch";
  ~TempFile() { removeFile(Name); }
};

// Memory goes back by itself.
struct Buffer {
  int *Data = new int[4];
  ~Buffer() { delete[] Data; }
};

std::mutex M;
void onlyMemory() {
  go::spawn([] {
    std::string Name = "task";
    std::vector<int> Values(3);
    auto Shared = std::make_shared<int>(1);
    Buffer Own;
    std::lock_guard Guard(M);
    if (!work())
      std::exit(1);
  });
}

// The scope has ended.
void ended() {
  go::spawn([] {
    bool Good;
    {
      TempFile Scratch;
      Good = work();
    }
    if (!Good)
      std::exit(1);
  });
}

// It is made later.
void later() {
  go::spawn([] {
    if (!work())
      std::exit(1);
    TempFile Scratch;
    work();
  });
}

// Another branch has it.
void otherBranch() {
  go::spawn([] {
    if (work()) {
      TempFile Scratch;
      work();
    } else {
      std::exit(1);
    }
  });
}

// The error is handed to whoever can end the program.
void handed() {
  auto Errors = go::makeChan<int>(1);
  go::spawn([=] {
    TempFile Scratch;
    if (!work())
      Errors.send(1);
    else
      Errors.send(0);
  });
  if (Errors.recv())
    std::exit(1);
}

// A panic and goexit run deferred calls.
void panics() {
  go::spawn([] {
    go::Defer AtExit([] { removeFile("lock"); });
    if (!work())
      go::panic("no work");
    if (!work())
      go::goexit();
  });
}

// In no task.
int main() {
  TempFile Scratch;
  if (!work())
    std::exit(1);
}
