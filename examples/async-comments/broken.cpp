// async-comments, broken: a page returns before the comments it asked for come.
// Teaches: what a goroutine sends to a listener that may be gone needs room.
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;

std::string page(bool Draft) {
  auto Comments = go::makeChan<std::string>();
  go::spawn([=] { Comments.send("nice"); }); // blocks until somebody receives
  if (Draft)
    return "not published";
  return "article, comments: " + Comments.recv();
}

int main() {
  return go::main([] {
    std::printf("%s\n", page(true).c_str());
    std::printf("%s\n", page(false).c_str());
    go::sleep(10ms); // serves others
  });
}
