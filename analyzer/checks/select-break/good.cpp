// Loops that end.
#include <go/go.h>

void work(int);

void returns(go::Context Ctx, go::RecvChan<int> In) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V), go::recv(Ctx.done()))) {
    case 0:
      work(V);
      break;
    case 1:
      return;
    }
  }
}

void flag(go::Context Ctx, go::RecvChan<int> In) {
  int V = 0;
  for (bool On = true; On;) {
    switch (go::select(go::recv(In, V), go::recv(Ctx.done()))) {
    case 0:
      work(V);
      break;
    case 1:
      On = false;
      break;
    }
  }
}

void condition(go::Context Ctx, go::RecvChan<int> In) {
  int V = 0;
  while (!Ctx.err()) {
    switch (go::select(go::recv(In, V), go::recv(Ctx.done()))) {
    case 0:
      work(V);
      break;
    case 1:
      break;
    }
  }
}

void jumps(go::Context Ctx, go::RecvChan<int> In) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V), go::recv(Ctx.done()))) {
    case 0:
      work(V);
      break;
    case 1:
      goto Out;
    }
  }
Out:
  work(0);
}

// Values come on this one.
void ticks(go::RecvChan<int> Tick, go::RecvChan<int> In) {
  int V = 0;
  for (;;) {
    switch (go::select(go::recv(In, V), go::recv(Tick))) {
    case 0:
      work(V);
      break;
    case 1:
      break;
    }
  }
}

void notALoop(go::Context Ctx, go::RecvChan<int> In) {
  switch (go::select(go::recv(In), go::recv(Ctx.done()))) {
  case 0:
    work(1);
    break;
  case 1:
    break;
  }
}
