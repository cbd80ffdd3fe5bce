// The channel is closed, so the workers will end: but not yet.
#include <go/go.h>

#include <cstdio>

int Squares[9];

int main() {
  return go::main([] {
    auto Tasks = go::makeChan<int>();
    for (int Worker = 0; Worker < 3; ++Worker)
      go::spawn([=] { // bug: go-not-awaited
        for (int Task : Tasks)
          Squares[Task] = Task * Task;
      });
    for (int Task = 0; Task < 9; ++Task)
      Tasks.send(Task);
    Tasks.close();
    std::printf("%d\n", Squares[0]);
  });
}
