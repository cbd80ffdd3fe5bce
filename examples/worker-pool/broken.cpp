// worker-pool, broken: main closes the task channel, waits a while, adds up.
// Teaches: closing the task channel ends the workers; it waits for none.
// Static: go-not-awaited
// Run: data-race on 'Squares'
#include <go/go.h>

#include <cstdio>
#include <numeric>

using namespace std::chrono_literals;

int Squares[9];

int main() {
  return go::main([] {
    auto Tasks = go::makeChan<int>();
    for (int Worker = 0; Worker < 3; ++Worker)
      go::spawn([=] {
        for (int Task : Tasks)
          Squares[Task] = Task * Task;
      });
    for (int Task = 0; Task < 9; ++Task)
      Tasks.send(Task);
    Tasks.close();
    go::sleep(10ms); // long enough, it seems
    std::printf("%d\n", std::accumulate(Squares, Squares + 9, 0));
  });
}
