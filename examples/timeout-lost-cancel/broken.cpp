// timeout-lost-cancel, broken: kept as a plain context, nobody can cancel it.
// Teaches: the owner of a context lives as long as the work, and no longer.
// Static: ctx-lost-cancel
// Run: leak
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

// Stands for a request to a server.
go::Error fetch(const go::Context &Ctx) {
  go::select(go::recv(Ctx.done()), go::after(1ms));
  return Ctx.err();
}

void weather(const go::Context &Parent) {
  // The owner, which would cancel at the end of the scope, is lost.
  go::Context Ctx = go::withTimeout(Parent, 1min);
  std::puts(fetch(Ctx) ? "out of time" : "sunny");
} // the timer stays armed for the rest of the minute

int main() {
  return go::main([] { weather(go::background()); });
}
