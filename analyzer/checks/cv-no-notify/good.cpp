// Somebody notifies, or may.
#include <go/go.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

struct Gate {
  std::mutex M;
  std::condition_variable Opened;
  bool Open = false;
  void open() {
    std::lock_guard Guard(M);
    Open = true;
    Opened.notify_all();
  }
  void pass() {
    std::unique_lock Guard(M);
    Opened.wait(Guard, [this] { return Open; });
  }
};

void notified() {
  Gate G;
  std::thread Worker([&] { G.open(); });
  G.pass();
  Worker.join();
}

// Other files may.
void publish(Gate &G);
void given() {
  Gate G;
  publish(G);
  G.pass();
}
void parameter(Gate &G) { G.pass(); }
Gate Global;
void global() { Global.pass(); }

// It does not wait for ever.
void timed() {
  std::mutex M;
  std::condition_variable Changed;
  std::unique_lock Guard(M);
  Changed.wait_for(Guard, std::chrono::seconds(1), [] { return false; });
}

// One of several gates.
void either(bool First) {
  Gate A, B;
  std::thread Worker([&] { (First ? A : B).open(); });
  A.pass();
  Worker.join();
}

// It holds before anybody waits.
void before() {
  Gate G;
  G.Open = true;
  std::thread Worker([&] { G.pass(); });
  Worker.join();
}

// Through a pointer that somebody else has, too.
void pointer(Gate *G) { G->pass(); }

struct Task {
  Gate *G;
  explicit Task(Gate *G) : G(G) {}
};
void schedule(Task *T);

void inTask() {
  Gate G;
  Task T(&G);
  schedule(&T);
  G.pass();
}
