// moby_18412, mended: The waiter sends what it has to say, and is waited for
// after a time-out. (GoBench, CGO 2021: a bug of Docker.)
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
      To->Output += "killed";
      Copied.close();
    });
  }
  go::Error wait() {
    Kill.recv();
    Copied.recv();
    return go::Error("killed");
  }
};

struct Ended {
  go::Error Err;
  int ExitCode;
};

std::shared_ptr<Result> run(const std::shared_ptr<Command> &Cmd,
                            go::Duration Limit) {
  auto R = std::make_shared<Result>();
  auto Done = go::makeChan<Ended>(1);
  Cmd->start(R);
  go::spawn([=] {
    go::Error Err = Cmd->wait();
    Done.send({Err, 1});
  });
  Ended E;
  if (go::select(go::after(Limit), go::recv(Done, E)) == 0) {
    Cmd->Kill.close();
    R->TimedOut = true;
    E = Done.recv();
  }
  R->Err = E.Err;
  R->ExitCode = E.ExitCode;
  return R;
}

int main() {
  return go::main([] {
    auto R = run(std::make_shared<Command>(), 1ms);
    bool Fine = R->ExitCode == 0 && R->Output.empty();
    return Fine ? 1 : 0;
  });
}
