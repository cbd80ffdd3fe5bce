// cockroach_18101, broken: A cancelled consumer leaves its producer with more
// than the buffer holds. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <memory>

int restore(const go::Context &Ctx) {
  auto Ready = go::makeChan<int>(6);
  go::spawn([=] {
    for (int I = 0; I < 8; ++I)
      Ready.send(I); // defect
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
