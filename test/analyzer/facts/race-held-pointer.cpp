// A member that only ever points to one object stands for it.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s race-local -- %clang_heddle -std=c++20 -Wno-deprecated-declarations -fsyntax-only -fplugin-arg-heddle-checks=race-local
#include <memory>
#include <thread>

struct Log {
  int Lines = 0;
};
struct Writer {
  std::shared_ptr<Log> To;
  void write() { ++To->Lines; } // bug: race-local
};
struct Parent;
struct Child {
  Parent *Owner = nullptr;
  void tell();
};
struct Parent {
  int Told = 0;
  Child C;
};
void Child::tell() { ++Owner->Told; } // bug: race-local

void shared() {
  auto L = std::make_shared<Log>();
  Writer W;
  W.To = L;
  std::thread Worker([&] { W.write(); });
  int N = L->Lines;
  Worker.join();
}
void back() {
  Parent P;
  P.C.Owner = &P;
  std::thread Worker([&] { P.C.tell(); });
  int N = P.Told;
  Worker.join();
}
// Two logs: which one is written is not known.
void two() {
  auto A = std::make_shared<Log>(), B = std::make_shared<Log>();
  Writer W, V;
  W.To = A;
  V.To = B;
  std::thread Worker([&] { W.write(); });
  int N = B->Lines;
  Worker.join();
}
