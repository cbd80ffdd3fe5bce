// Breaks that leave the switch and not the loop.
#include <go/go.h>

void work(int);

void context(go::Context Ctx, go::RecvChan<int> In) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V),
                       go::recv(Ctx.done()))) { // bug: select-break
    case 0:
      work(V);
      break;
    case 1:
      break;
    }
  }
}

void closed() {
  auto In = go::makeChan<int>();
  auto Stop = go::makeChan<int>();
  go::spawn([=] {
    int V = 0;
    while (true) {
      switch (go::select(go::recv(Stop), go::recv(In, V))) { // bug: select-break
      case 0:
        break;
      default:
        work(V);
      }
    }
  });
  In.send(1);
  Stop.close();
}
