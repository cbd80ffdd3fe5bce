// What a direction of a channel does not allow does not compile.
// RUN: %clangxx -std=c++17 -I%src/runtime/include -fsyntax-only -Xclang -verify %s
#include <go/Chan.h>

void use(go::Chan<int> Both, go::SendChan<int> In, go::RecvChan<int> Out) {
  In = Both;
  Out = Both;
  In.close();
  Out.close();          // expected-error {{no member named 'close'}}
  Out.send(1);          // expected-error {{no member named 'send'}}
  Out.trySend(1);       // expected-error {{no member named 'trySend'}}
  In.recv();            // expected-error {{no member named 'recv'}}
  Both = In;            // expected-error {{no viable overloaded '='}}
  Both = Out;           // expected-error {{no viable overloaded '='}}
  In = Out;             // expected-error {{no viable overloaded '='}}
  go::Chan<long> L = Both; // expected-error {{no viable conversion}}
  // expected-note@* 0+ {{}}
}
