// torn-value, mended: both hold the lock.
// Teaches: a value of two words can be read half old and half new.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <mutex>
#include <string_view>

std::string_view Latest = "nothing";
go::Mutex Guard; // of Latest

void set(std::string_view Value) {
  std::lock_guard Lock(Guard);
  Latest = Value;
}

std::string_view get() {
  std::lock_guard Lock(Guard);
  return Latest;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go([] { set("something longer"); });
    Wg.go([] { std::printf("%zu letters\n", get().size()); });
    Wg.wait();
  });
}
