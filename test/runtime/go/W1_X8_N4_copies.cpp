// Objects that others may wait on are not copied: it does not compile.
// RUN: %clangxx -std=c++17 -I%src/runtime/include -fsyntax-only -Xclang -verify %s
#include <go/go.h>

struct Guarded {
  go::Mutex Mu;
  int Value = 0;
};

void copy(go::WaitGroup &Wg, go::Mutex &Mu, go::RWMutex &Rw, go::Cond &Cv,
          go::Once &Once, go::Semaphore &Sem, go::Group &Group, Guarded &G) {
  auto A = Wg;    // expected-error {{deleted}}
  auto B = Mu;    // expected-error {{deleted}}
  auto C = Rw;    // expected-error {{deleted}}
  auto D = Cv;    // expected-error {{deleted}}
  auto E = Once;  // expected-error {{deleted}}
  auto F = Sem;   // expected-error {{deleted}}
  auto H = Group; // expected-error {{deleted}}
  auto I = G;     // expected-error {{deleted}}
  Mu = B;         // expected-error {{deleted}}
  // expected-note@* 0+ {{}}
}
