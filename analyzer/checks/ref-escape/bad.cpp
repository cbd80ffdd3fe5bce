// Tasks that outlive what they refer to.
#include <go/go.h>

#include <string>
#include <thread>

void work(int);
void work(const std::string &);
bool ready();

void detached() {
  int N = 3;
  std::thread T([&] {
    work(N); // bug: ref-escape
  });
  T.detach();
}

void spawned(const std::string &Prefix) {
  std::string Name = Prefix + "x";
  go::spawn([&] {
    work(Name); // bug: ref-escape
  });
}

void parameter(int N) {
  go::spawn([&N] {
    work(N); // bug: ref-escape
  });
}

struct Server {
  int Port = 0;
  void start() {
    go::spawn([this] {
      work(Port); // bug: ref-escape
    });
  }
};

void localObject() {
  Server S;
  S.start();
}

// One way out does not wait.
void earlyReturn() {
  int N = 0;
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    work(N); // bug: ref-escape
    Group.done();
  });
  if (!ready())
    return;
  Group.wait();
}

void byPointer() {
  int N = 4;
  int *P = &N;
  go::spawn([P] {
    work(*P); // bug: ref-escape
  });
}

void inner(bool Fast) {
  go::WaitGroup Group;
  if (Fast) {
    int N = 1;
    Group.go([&] {
      work(N); // bug: ref-escape
    });
  }
  Group.wait();
}
