// Closed too early, and not found.
#include <go/go.h>

// A select sends.
void selects() {
  auto Values = go::makeChan<int>(1);
  auto Stop = go::makeChan<int>();
  go::spawn([=] {
    go::select(go::send(Values, 1), go::recv(Stop)); // missed: chan-closed
  });
  Values.close();
  Stop.close();
}

// It waits for somebody, but not for the sender.
void waitsForAnother() {
  auto Values = go::makeChan<int>(1);
  auto Other = go::makeChan<int>();
  go::spawn([=] { Values.send(1); }); // missed: chan-closed
  go::spawn([=] { Other.send(1); });
  Other.recv();
  Values.close();
}
