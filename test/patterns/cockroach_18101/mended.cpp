// cockroach_18101, mended: The producer listens for the cancellation too.
// (GoBench, CGO 2021: a bug of CockroachDB.)
#include <go/go.h>

#include <memory>

int restore(const go::Context &Ctx) {
  auto Ready = go::makeChan<int>(6);
  go::spawn([=] {
    for (int I = 0; I < 8; ++I)
      if (go::select(go::send(Ready, I), go::recv(Ctx.done())) == 1)
        break;
    Ready.close();
  });
  for (int Entry : Ready) {
    Ctx.done().recv();
    return Entry;
  }
  return -1;
}

int main() {
  return go::main([] {
    auto Ctx =
        std::make_shared<go::CancelContext>(go::withCancel(go::background()));
    go::spawn([=] { restore(*Ctx); });
    go::spawn([=] { Ctx->cancel(); });
  });
}
