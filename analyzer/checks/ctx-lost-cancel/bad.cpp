// What cancels the context is not kept.
#include <go/go.h>

#include <chrono>

using namespace std::chrono_literals;
void serve(go::Context Ctx);

void dropped(go::Context Ctx) {
  go::withCancel(Ctx); // bug: ctx-lost-cancel
  serve(Ctx);
}

void sliced(go::Context Parent) {
  go::Context Ctx = go::withTimeout(Parent, 1s); // bug: ctx-lost-cancel
  serve(Ctx);
}
