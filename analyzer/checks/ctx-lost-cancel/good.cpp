// What cancels the context lives as long as its users.
#include <go/go.h>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
void serve(go::Context Ctx);

void kept(go::Context Parent) {
  auto Ctx = go::withCancel(Parent);
  serve(Ctx);
}

void byHand(go::Context Parent) {
  auto Ctx = go::withTimeout(Parent, 1s);
  serve(Ctx);
  Ctx.cancel();
}

// For the length of the call.
void atOnce(go::Context Parent) { serve(go::withTimeout(Parent, 1s)); }

go::CancelContext given(go::Context Parent) { return go::withCancel(Parent); }

struct Server {
  go::CancelContext Ctx;
  explicit Server(go::Context Parent) : Ctx(go::withCancel(Parent)) {}
};

void member(go::Context Parent) {
  Server S(Parent);
  serve(S.Ctx);
}

void onTheHeap(go::Context Parent) {
  auto Ctx = std::make_unique<go::CancelContext>(go::withCancel(Parent));
  serve(*Ctx);
}
