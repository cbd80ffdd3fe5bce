// References, pointers, and handles whose copies share.
#include <go/go.h>

#include <memory>
#include <mutex>
#include <pthread.h>
#include <thread>

void byReference() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&Group] { Group.done(); });
  Group.wait();
}

void byPointer() {
  auto Group = std::make_shared<go::WaitGroup>();
  Group->add(1);
  go::spawn([Group] { Group->done(); });
  Group->wait();
}

void plainPointer(pthread_mutex_t *M, int &N) {
  std::thread T([M, &N] {
    pthread_mutex_lock(M);
    ++N;
    pthread_mutex_unlock(M);
  });
  T.join();
}

void channel(go::Chan<int> C) {
  go::spawn([C] { C.send(1); });
  C.recv();
}

void context(go::Context Ctx) {
  go::spawn([Ctx] { Ctx.done().recv(); });
}

void lock(std::mutex &M, int &N) {
  std::lock_guard Guard(M);
  ++N;
}

// One for all calls.
void own(int &N) {
  static std::mutex M;
  std::lock_guard Guard(M);
  ++N;
}

// Shared with the tasks of this call.
void tasks(int &N) {
  go::Mutex M;
  go::WaitGroup Group;
  for (int I = 0; I < 3; ++I)
    Group.go([&] {
      std::lock_guard Guard(M);
      ++N;
    });
  Group.wait();
  std::lock_guard Guard(M);
  --N;
}

// A guard that moves takes its lock along.
void guard(std::unique_lock<std::mutex> Guard, int &N) { ++N; }
