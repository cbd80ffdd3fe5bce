// two-servers, mended: main starts both, and when one ends stops the other.
// Teaches: leave the start of a goroutine to the caller, who knows its end.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <string>

using Requests = go::RecvChan<std::string>;

// Serves until there are no more requests, or it is told to stop.
void serve(const char *Name, Requests In, go::RecvChan<bool> Stop) {
  std::string Request;
  for (bool Ok = true; Ok;)
    if (go::select(go::recv(In, Request, Ok), go::recv(Stop)) == 1)
      return;
    else if (Ok)
      std::printf("%s: %s\n", Name, Request.c_str());
}

int main() {
  return go::main([] {
    auto Application = go::makeChan<std::string>();
    auto Debug = go::makeChan<std::string>();
    auto Stop = go::makeChan<bool>();
    auto Ended = go::makeChan<bool>(2); // room for both
    auto Start = [=](const char *Name, Requests In) {
      go::spawn(go::Name(Name), [=] {
        serve(Name, In, Stop);
        Ended.send(true);
      });
    };
    Start("application", Application);
    Start("debug", Debug);
    Debug.send("how many goroutines?");
    Application.send("hello");
    Application.close();
    Ended.recv(); // one has ended
    Stop.close(); // so must the other
    Ended.recv();
  });
}
