// two-servers, broken: nobody can stop the debug server, or wait for either.
// Teaches: leave the start of a goroutine to the caller, who knows its end.
// Static: chan-leak-no-peer
// Run: leak
#include <go/go.h>

#include <cstdio>
#include <string>

void serve(const char *Name, go::RecvChan<std::string> In) {
  for (const std::string &Request : In)
    std::printf("%s: %s\n", Name, Request.c_str());
}

void serveApplication(go::RecvChan<std::string> In) {
  go::spawn("application", [=] { serve("application", In); });
}

void serveDebug(go::RecvChan<std::string> In) {
  go::spawn("debug", [=] { serve("debug", In); }); // fire and forget
}

int main() {
  return go::main([] {
    auto Application = go::makeChan<std::string>();
    auto Debug = go::makeChan<std::string>();
    serveApplication(Application);
    serveDebug(Debug);
    Debug.send("how many goroutines?");
    Application.send("hello");
    Application.close();
  });
}
