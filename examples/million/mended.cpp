// million: a million goroutines park on one channel. With a number, as many:
//   clang++ -std=c++17 -O2 mended.cpp -lheddle_go && ./a.out
//   heddle cxx -std=c++17 -O2 mended.cpp && ./a.out 100000
// Teaches: a goroutine costs a page of memory, three with the detector.
// Static: none
// Run: none
// Arguments: 20000
#include <go/go.h>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using Clock = std::chrono::steady_clock;

double residentBytes() {
  long Size = 0, Resident = 0;
  if (FILE *F = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(F, "%ld %ld", &Size, &Resident) != 2)
      Resident = 0;
    std::fclose(F);
  }
  return double(Resident) * double(sysconf(_SC_PAGESIZE));
}

double nanosSince(Clock::time_point Begin) {
  return std::chrono::duration<double, std::nano>(Clock::now() - Begin).count();
}

int main(int Count, char **Arguments) {
  int N = Count > 1 ? std::atoi(Arguments[1]) : 1'000'000;
  return go::main([N] {
    auto Parked = go::makeChan<int>(), End = go::makeChan<int>();
    double Before = residentBytes();
    auto Begin = Clock::now();
    for (int I = 0; I < N; ++I)
      go::spawn([=] {
        Parked.send(I);
        End.recv(); // until it is closed
        Parked.send(I);
      });
    for (int I = 0; I < N; ++I)
      Parked.recv();
    double Started = nanosSince(Begin), Bytes = residentBytes() - Before;
    End.close();
    for (int I = 0; I < N; ++I)
      Parked.recv();
    double All = nanosSince(Begin);
    std::printf("%d goroutines: %.0f bytes each, %.0f ns to start and park, "
                "%.0f ns to wake and end\n",
                N, Bytes / N, Started / N, (All - Started) / N);
  });
}
