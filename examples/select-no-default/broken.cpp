// select-no-default, broken: nothing is ready and nobody will ever send.
// Teaches: a select blocks until a case is ready; `otherwise` never blocks.
// Static: -
// Run: deadlock
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto News = go::makeChan<int>(1), Mail = go::makeChan<int>(1);
    int N;
    switch (go::select(go::recv(News, N), go::recv(Mail, N))) {
    case 0:
      std::puts("news");
      break;
    case 1:
      std::puts("mail");
      break;
    }
  });
}
