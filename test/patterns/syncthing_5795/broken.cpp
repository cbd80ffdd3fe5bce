// syncthing_5795, broken: The goroutine that announces its end runs a handler
// that waits for this end. (GoBench, CGO 2021: a bug of Syncthing.)
// Static: chan-leak-no-peer
// Run: deadlock
#include <go/go.h>

#include <functional>
#include <memory>

struct Connection : std::enable_shared_from_this<Connection> {
  go::Chan<int> Inbox{0};
  go::Chan<go::Unit> Stopped{0}; // closed when the dispatcher ends
  go::Chan<go::Unit> Closed{0};
  go::Once Closing;
  std::function<void(int)> Handler;

  void dispatch() {
    for (;;) {
      int Message;
      if (go::select(go::recv(Inbox, Message), go::recv(Closed)) == 1)
        break;
      Handler(Message);
    }
    Stopped.close();
  }
  void read() {
    while (go::select(go::recv(Closed), go::otherwise) != 0)
      go::yield();
  }
  void close() {
    Closing.call([this] {
      Closed.close();
      Stopped.recv(); // defect
    });
  }
};

int main() {
  return go::main([] {
    auto Conn = std::make_shared<Connection>();
    Conn->Handler = [C = Conn.get()](int) { C->close(); };
    go::spawn([=] { Conn->dispatch(); });
    go::spawn([=] { Conn->read(); });
    Conn->Inbox.send(1);
    Conn->Stopped.recv();
  });
}
