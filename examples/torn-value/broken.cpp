// torn-value, broken: one goroutine assigns a string_view, another reads it.
// Teaches: a value of two words can be read half old and half new.
// Static: race-torn-value
// Run: data-race on 'Latest'
#include <go/go.h>

#include <cstdio>
#include <string_view>

std::string_view Latest = "nothing"; // a pointer and a length

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go([] { Latest = "something longer"; });
    Wg.go([] { std::printf("%zu letters\n", Latest.size()); });
    Wg.wait();
  });
}
