// echo-server, broken: the handlers of all connections count in one variable.
// Teaches: goroutines of one server share its members.
// Static: race-local
// Run: data-race
#include <go/go.h>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;
namespace net = go::net;

class EchoServer {
public:
  go::Error listen() { return net::listen("127.0.0.1:0", Socket); }
  std::string address() const { return Socket.address(); }

  // Serves until Ctx is done, and returns when all connections are closed.
  int serve(go::Context Ctx) {
    go::WaitGroup Open;
    Open.go([this, Ctx] {
      Ctx.done().recv();
      Socket.close();
    });
    for (net::Conn C; !Socket.accept(C);)
      Open.go([this, C] { handle(C); });
    Open.wait();
    return Messages;
  }

private:
  void handle(net::Conn C) {
    char Bytes[256];
    for (net::Result R; (R = C.read(Bytes, sizeof(Bytes)));) {
      C.write(Bytes, R.Count);
      ++Messages; // every handler, and no lock
    }
    C.close();
  }

  net::Listener Socket;
  int Messages = 0;
};

// Stays until all have their answers.
void talk(const std::string &Address, go::WaitGroup &Unanswered) {
  net::Conn C;
  if (go::Error Err = net::dial(Address, C))
    go::panic(Err.message());
  char Back[5];
  C.setDeadline(go::now() + 10s);
  C.write("hello", 5);
  C.read(Back, sizeof(Back));
  Unanswered.done();
  Unanswered.wait();
  C.close();
}

int main() {
  return go::main([] {
    EchoServer Server;
    if (go::Error Err = Server.listen())
      go::panic(Err.message());
    auto Ctx = go::withCancel(go::background());
    go::WaitGroup Clients, Unanswered, Serving;
    int Messages = 0;
    Serving.go([&] { Messages = Server.serve(Ctx); });
    Unanswered.add(4);
    for (int I = 0; I < 4; ++I)
      Clients.go([&] { talk(Server.address(), Unanswered); });
    Clients.wait();
    Ctx.cancel();
    Serving.wait();
    std::printf("%d messages\n", Messages);
  });
}
