// async-comments, mended: the channel holds the one value that may come late.
// Teaches: what a goroutine sends to a listener that may be gone needs room.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;

std::string page(bool Draft) {
  auto Comments = go::makeChan<std::string>(1);
  go::spawn([=] { Comments.send("nice"); }); // never blocks
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
