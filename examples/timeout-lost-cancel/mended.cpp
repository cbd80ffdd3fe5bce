// timeout-lost-cancel, mended: the owner is a local, and cancels at the end.
// Teaches: the owner of a context lives as long as the work, and no longer.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

// Stands for a request to a server.
go::Error fetch(const go::Context &Ctx) {
  go::select(go::recv(Ctx.done()), go::after(1ms));
  return Ctx.err();
}

void weather(const go::Context &Parent) {
  auto Ctx = go::withTimeout(Parent, 1min);
  std::puts(fetch(Ctx) ? "out of time" : "sunny");
}

int main() {
  return go::main([] { weather(go::background()); });
}
