// kubernetes_70892, broken: Each worker rewrites all results, not just its own.
// (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: race-local, race-torn-value
// Run: sometimes data-race
#include <go/go.h>

#include <array>
#include <functional>
#include <vector>

using Scores = std::array<int, 3>;

void parallelFor(int Workers, int Pieces, const std::function<void(int)> &Fn) {
  auto Work = go::makeChan<int>(Pieces);
  for (int I = 0; I < Pieces; ++I)
    Work.send(I);
  Work.close();
  go::WaitGroup Wg;
  for (int I = 0; I < Workers; ++I) {
    Wg.go([&] {
      for (int Piece : Work)
        Fn(Piece);
    });
  }
  Wg.wait();
}

int main() {
  return go::main([] {
    std::vector<Scores> Results(3);
    parallelFor(2, 2, [&](int) {
      for (Scores &Result : Results)
        if (Result[0] != 4)   // defect
          Result = {7, 8, 9}; // defect
    });
  });
}
