// Sends and closes that come too late.
#include <go/go.h>

#include <memory>

void behind() {
  auto Values = go::makeChan<int>(2);
  Values.close();
  Values.send(1); // bug: chan-closed
}

void twice() {
  auto Values = go::makeChan<int>();
  Values.close();
  Values.close(); // bug: chan-closed
}

// The receiver closes.
struct Watcher {
  go::Chan<int> Events{0};
  void run() {
    go::Defer End([this] { Events.close(); });
  }
};

void receiver() {
  auto W = std::make_shared<Watcher>();
  go::spawn([=] { W->run(); });
  W->Events.send(1); // bug: chan-closed
}

// Nobody waits for the senders.
void senders() {
  auto Values = go::makeChan<int>(3);
  for (int I = 0; I < 3; ++I)
    go::spawn([=] { Values.send(I); }); // bug: chan-closed
  Values.close();
}
