// Stages and generators whose reader stops before they have sent everything.
#include <go/go.h>

#include <string>

bool wanted(const std::string &Name);

// cancel-channel: the reader leaves without closing what the generator polls.
static go::RecvChan<int> numbers(go::RecvChan<bool> Cancel) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 1;; ++I)
      if (go::select(go::send(Out, I), // bug: chan-leak-on-return
                     go::recv(Cancel)) == 1)
        return;
  });
  return Out;
}

int firstOver(int Limit) {
  auto Cancel = go::makeChan<bool>();
  for (int N : numbers(Cancel))
    if (N > Limit)
      return N;
  return 0;
}

// list-directory: the lister still has names when a match was found.
static go::RecvChan<std::string> listFiles() {
  auto Names = go::makeChan<std::string>();
  go::spawn([=] {
    for (const char *Name : {"a.txt", "b.cpp", "c.txt"})
      Names.send(Name); // bug: chan-leak-on-return
    Names.close();
  });
  return Names;
}

bool anyWanted() {
  for (std::string Name : listFiles())
    if (wanted(Name))
      return true;
  return false;
}

// pipeline: the last stage leaves, so the stage before it blocks, so the first.
static go::RecvChan<int> generate(int Count) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 1; I <= Count; ++I)
      Out.send(I); // bug: chan-leak-on-return
    Out.close();
  });
  return Out;
}

static go::RecvChan<int> square(go::RecvChan<int> In) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    for (int N : In)
      Out.send(N * N); // bug: chan-leak-on-return
    Out.close();
  });
  return Out;
}

int firstSquareOver(int Limit) {
  for (int N : square(generate(100)))
    if (N > Limit)
      return N;
  return 0;
}
