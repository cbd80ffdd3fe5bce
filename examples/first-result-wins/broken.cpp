// first-result-wins, broken: ten are asked, one answer is taken, nine stay.
// Teaches: who takes one of many answers must leave a way out to the others.
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdio>

using namespace std::chrono_literals;

int firstAnswer() {
  auto Stop = go::withCancel(go::background());
  auto Answers = go::makeChan<int>();
  for (int Server = 1; Server <= 10; ++Server)
    go::spawn([=, Ctx = go::Context(Stop)] {
      if (go::select(go::recv(Ctx.done()), go::after(1ms)) == 0)
        return;
      Answers.send(Server); // past the select: cancelling no longer helps
    });
  return Answers.recv();
}

int main() {
  return go::main([] {
    std::printf("one answered: %d\n", firstAnswer() > 0);
    go::sleep(10ms); // goes on with its work
  });
}
