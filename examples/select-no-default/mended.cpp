// select-no-default, mended: with nothing ready it goes on at once.
// Teaches: a select blocks until a case is ready; `otherwise` never blocks.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>

int main() {
  return go::main([] {
    auto News = go::makeChan<int>(1), Mail = go::makeChan<int>(1);
    int N;
    switch (go::select(go::recv(News, N), go::recv(Mail, N), go::otherwise)) {
    case 0:
      std::puts("news");
      break;
    case 1:
      std::puts("mail");
      break;
    case 2:
      std::puts("nothing yet");
      break;
    }
  });
}
