// Relaxes a float grid with a five-point stencil: rows shared out to threads,
// a barrier between sweeps. Long vectorised loops over arrays.
#include <barrier>
#include <cstdio>
#include <thread>
#include <vector>

constexpr int kWidth = 1024, kHeight = 1024, kSweeps = 60, kThreads = 4;

using Grid = std::vector<float>;

static void relax(const float *In, float *Out, int First, int Last) {
  for (int Y = First; Y < Last; ++Y)
    for (int X = 1; X < kWidth - 1; ++X) {
      const float *C = In + Y * kWidth + X;
      Out[Y * kWidth + X] =
          0.2f * (C[0] + C[-1] + C[1] + C[-kWidth] + C[kWidth]);
    }
}

int main() {
  Grid A(kWidth * kHeight, 0.0f);
  for (int I = 0; I < kWidth; ++I)
    A[I] = 100.0f;
  Grid B = A;
  std::barrier Sweep(kThreads);
  auto Work = [&](int Id) {
    int Rows = (kHeight - 2) / kThreads;
    int First = 1 + Id * Rows;
    int Last = Id == kThreads - 1 ? kHeight - 1 : First + Rows;
    for (int S = 0; S < kSweeps; ++S) {
      relax(S % 2 ? B.data() : A.data(), S % 2 ? A.data() : B.data(), First,
            Last);
      Sweep.arrive_and_wait();
    }
  };
  std::vector<std::thread> Threads;
  for (int I = 0; I < kThreads; ++I)
    Threads.emplace_back(Work, I);
  for (std::thread &T : Threads)
    T.join();
  double Sum = 0;
  for (float X : A)
    Sum += X;
  std::printf("stencil %.3f\n", Sum);
}
