// moby_18412, broken: After a time-out the caller reads what the waiter and the
// copier still write. (GoBench, CGO 2021: a bug of Docker.)
// Static: chan-leak-on-return, map-unguarded, race-local
// Run: data-race, leak
#include <go/go.h>

#include <memory>
#include <string>

using namespace std::chrono_literals;

struct Result {
  std::string Output;
  int ExitCode = 0;
  bool TimedOut = false;
  go::Error Err;
};

// Stands for a child process: runs until it is killed, its output is copied by
// a goroutine of the library.
struct Command {
  go::Chan<go::Unit> Kill{0};
  go::Chan<go::Unit> Copied{0};

  void start(const std::shared_ptr<Result> &To) {
    go::spawn([To, Kill = Kill, Copied = Copied] {
      Kill.recv();
      To->Output += "killed"; // defect
      Copied.close();
    });
  }
  go::Error wait() {
    Kill.recv();
    return go::Error("killed");
  }
};

std::shared_ptr<Result> run(const std::shared_ptr<Command> &Cmd,
                            go::Duration Limit) {
  auto R = std::make_shared<Result>();
  auto Done = go::makeChan<go::Error>();
  Cmd->start(R);
  go::spawn([=] {
    go::Error Err = Cmd->wait();
    R->ExitCode = 1; // defect
    Done.send(Err);  // defect
  });
  switch (go::select(go::after(Limit), go::recv(Done, R->Err))) {
  case 0:
    Cmd->Kill.close();
    R->TimedOut = true;
    break;
  case 1:
    break;
  }
  return R;
}

int main() {
  return go::main([] {
    auto R = run(std::make_shared<Command>(), 1ms);
    bool Fine = R->ExitCode == 0 && R->Output.empty(); // defect
    return Fine ? 1 : 0;
  });
}
