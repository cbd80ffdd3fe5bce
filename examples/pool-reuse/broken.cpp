// pool-reuse, broken: the buffer goes back to the pool and is sent after that.
// Teaches: what went back to a pool belongs to whoever gets it next.
// Static: pool-misuse
// Run: data-race
#include <go/go.h>

#include <cstdio>
#include <mutex>
#include <string>

struct Buffer {
  std::string Text;
};
go::Pool<Buffer> Buffers([] { return std::make_unique<Buffer>(); });
go::Mutex Output;

void greet(int Client) {
  auto Own = Buffers.get();
  Buffer *B = Own.get();
  B->Text = "hello " + std::to_string(Client);
  Buffers.put(std::move(Own));
  std::lock_guard Lock(Output);
  std::puts(B->Text.c_str()); // by now somebody else's
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int Client = 0; Client < 8; ++Client)
      Wg.go([=] { greet(Client); });
    Wg.wait();
  });
}
