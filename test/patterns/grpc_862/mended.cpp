// grpc_862, mended: The way out without a connection cancels the retries.
// (GoBench, CGO 2021: a bug of gRPC.)
#include <go/go.h>

#include <memory>

using namespace std::chrono_literals;

struct ClientConn {
  go::CancelContext Ctx = go::withCancel(go::background());
  void close() { Ctx.cancel(); }
};

void resetTransport(const std::shared_ptr<ClientConn> &Cc) {
  auto Transport = go::withCancel(Cc->Ctx);
  for (int Retries = 1;; ++Retries) {
    auto Start = go::now();
    go::withTimeout(Transport, 10ns).cancel();
    auto Rest = 2ns * Retries - (go::now() - Start);
    if (go::select(go::after(Rest), go::recv(Transport.done())) == 1)
      return;
  }
}

std::shared_ptr<ClientConn> dial(const go::Context &Ctx) {
  auto Cc = std::make_shared<ClientConn>();
  std::shared_ptr<ClientConn> Conn; // none is ever made
  go::Defer AtExit([&] {
    if (!Conn)
      Cc->close();
  });
  go::spawn([=] { resetTransport(Cc); });
  return Conn;
}

int main() {
  return go::main([] {
    auto Ctx =
        std::make_shared<go::CancelContext>(go::withCancel(go::background()));
    go::spawn([=] { dial(*Ctx); });
    go::spawn([=] { Ctx->cancel(); });
  });
}
