// Which case a select took is compared with a number, behind temporaries.
// RUN: %python %src/test/analyzer/Inputs/marked.py %s chan-leak-on-return -- %clang_heddle -std=c++17 -fsyntax-only -fplugin-arg-heddle-checks=chan-leak-on-return
#include <go/go.h>

void first(go::Duration Limit) {
  auto Kill = go::makeChan<go::Unit>();
  auto Done = go::makeChan<int>(1);
  go::spawn([=] {
    Kill.recv();
    Done.send(1);
  });
  int Code;
  if (go::select(go::after(Limit), go::recv(Done, Code)) == 0)
    Kill.close();
}
void second(go::Duration Limit, bool Waits) {
  auto Kill = go::makeChan<go::Unit>();
  auto Done = go::makeChan<int>(1);
  go::spawn([=] {
    Kill.recv();
    Done.send(1);
  });
  int Code;
  if (Waits && go::select(go::recv(Done, Code), go::after(Limit)) == 1)
    Kill.close();
  else
    Kill.send({});
}
void third(go::Duration Limit) {
  auto Kill = go::makeChan<go::Unit>();
  auto Done = go::makeChan<int>(1);
  go::spawn([=] {
    Kill.recv();
    Done.send(1);
  });
  int Code;
  if (0 != go::select(go::after(Limit), go::recv(Done, Code)))
    Code = 1;
  else
    Kill.close();
}
