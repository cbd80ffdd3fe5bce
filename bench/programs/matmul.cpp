// Multiplies two matrices of doubles, rows shared out to threads. The inner
// loop walks down a column, so its accesses are neither dense nor vectorised.
#include <cstdio>
#include <thread>
#include <vector>

constexpr int kSize = 320, kThreads = 4;

using Matrix = std::vector<double>;

static void multiply(const Matrix &A, const Matrix &B, Matrix &C, int First) {
  for (int I = First; I < kSize; I += kThreads)
    for (int J = 0; J < kSize; ++J) {
      double Sum = 0;
      for (int K = 0; K < kSize; ++K)
        Sum += A[I * kSize + K] * B[K * kSize + J];
      C[I * kSize + J] = Sum;
    }
}

int main() {
  Matrix A(kSize * kSize), B(kSize * kSize), C(kSize * kSize);
  for (int I = 0; I < kSize * kSize; ++I) {
    A[I] = I % 7;
    B[I] = I % 11;
  }
  for (int Round = 0; Round < 3; ++Round) {
    std::vector<std::thread> Threads;
    for (int I = 0; I < kThreads; ++I)
      Threads.emplace_back([&, I] { multiply(A, B, C, I); });
    for (std::thread &T : Threads)
      T.join();
  }
  double Trace = 0;
  for (int I = 0; I < kSize; ++I)
    Trace += C[I * kSize + I];
  std::printf("matmul %.0f\n", Trace);
}
