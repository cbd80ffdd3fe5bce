// moby_33293, mended: The channel has room for the error. (GoBench, CGO 2021: a
// bug of Docker.)
#include <go/go.h>

#include <cstdlib>

go::Error maybeError(int Draw) {
  return Draw % 2 ? go::Error("container is gone") : go::Error();
}

go::RecvChan<go::Error> wait(int Draw) {
  auto Errors = go::makeChan<go::Error>(1);
  if (go::Error Err = maybeError(Draw)) {
    Errors.send(Err);
    return Errors;
  }
  return Errors;
}

// The argument is the draw: 0 is no error, 1 is one.
int main(int Argc, char **Argv) {
  int Draw = Argc > 1 ? std::atoi(Argv[1]) : 1;
  return go::main([Draw] { go::spawn([Draw] { wait(Draw); }); });
}
