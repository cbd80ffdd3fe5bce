// pool-reuse, mended: the buffer goes back when it is not needed any more.
// Teaches: what went back to a pool belongs to whoever gets it next.
// Static: none
// Run: none
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
  {
    std::lock_guard Lock(Output);
    std::puts(B->Text.c_str());
  }
  Buffers.put(std::move(Own));
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (int Client = 0; Client < 8; ++Client)
      Wg.go([=] { greet(Client); });
    Wg.wait();
  });
}
