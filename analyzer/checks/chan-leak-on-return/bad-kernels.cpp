// Leaks of well-known programs, reduced to who sends, who receives, who leaves.
#include <go/go.h>

#include <string>

bool maybeError();
int work();

// moby_33293: the error is sent before anybody can know the channel.
static go::RecvChan<int> waitForExit() {
  auto Errors = go::makeChan<int>();
  if (maybeError()) {
    Errors.send(1); // bug: chan-leak-on-return
    return Errors;
  }
  return Errors;
}

void moby33293() {
  go::spawn([] { waitForExit(); });
}

// moby_4395: the result is dropped, the one who has it waits.
template <class F> static go::RecvChan<int> async(F Task) {
  auto Done = go::makeChan<int>();
  go::spawn([=] {
    Done.send(Task()); // bug: chan-leak-on-return
  });
  return Done;
}

void moby4395() {
  async([] { return work(); });
}

// cockroach_18101: eight values, room for six, one receive.
static int restore(go::Context Ctx) {
  auto Entries = go::makeChan<int>(6);
  go::spawn([=] {
    for (int I = 0; I < 8; ++I)
      Entries.send(I); // bug: chan-leak-on-return
    Entries.close();
  });
  for (int Entry : Entries) {
    go::select(go::recv(Ctx.done()));
    return Entry;
  }
  return 0;
}

void cockroach18101() {
  auto Ctx = go::withCancel(go::background());
  go::spawn([C = go::Context(Ctx)] { restore(C); });
  Ctx.cancel();
}

// kubernetes_25331: an error is forwarded to a reader that is not there.
void kubernetes25331() {
  auto Ctx = go::withCancel(go::background());
  auto Result = go::makeChan<int>();
  auto Errors = go::makeChan<int>();
  go::spawn([=, C = go::Context(Ctx)] {
    int Error = 0;
    switch (go::select(go::recv(Errors, Error), go::recv(C.done()))) {
    case 0:
      Result.send(Error); // bug: chan-leak-on-return
      break;
    default:
      break;
    }
  });
  go::WaitGroup Stopped;
  Stopped.go([=] { Errors.send(1); });
  Stopped.wait();
  Ctx.cancel();
}
