// moby_33293, broken: An error is sent to an unbuffered channel that nobody can
// have yet. (GoBench, CGO 2021: a bug of Docker.)
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <cstdlib>

go::Error maybeError(int Draw) {
  return Draw % 2 ? go::Error("container is gone") : go::Error();
}

go::RecvChan<go::Error> wait(int Draw) {
  auto Errors = go::makeChan<go::Error>();
  if (go::Error Err = maybeError(Draw)) {
    Errors.send(Err); // defect
    return Errors;
  }
  return Errors;
}

// The argument is the draw: 0 is no error, 1 is one.
int main(int Argc, char **Argv) {
  int Draw = Argc > 1 ? std::atoi(Argv[1]) : 1;
  return go::main([Draw] { go::spawn([Draw] { wait(Draw); }); });
}
