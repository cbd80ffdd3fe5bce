// worker-pool, mended: main waits for the workers.
// Teaches: closing the task channel ends the workers; it waits for none.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <numeric>

int Squares[9];

int main() {
  return go::main([] {
    auto Tasks = go::makeChan<int>();
    go::WaitGroup Workers;
    for (int Worker = 0; Worker < 3; ++Worker)
      Workers.go([=] {
        for (int Task : Tasks)
          Squares[Task] = Task * Task;
      });
    for (int Task = 0; Task < 9; ++Task)
      Tasks.send(Task);
    Tasks.close();
    Workers.wait();
    std::printf("%d\n", std::accumulate(Squares, Squares + 9, 0));
  });
}
