// moby_4395, broken: A goroutine sends its result to a channel that the caller
// drops. (GoBench, CGO 2021: a bug of Docker.)
// Static: chan-leak-on-return
// Run: leak
#include <go/go.h>

#include <functional>

go::RecvChan<go::Error> async(std::function<go::Error()> Fn) {
  auto Result = go::makeChan<go::Error>();
  go::spawn([=] { Result.send(Fn()); }); // defect
  return Result;
}

int main() {
  return go::main([] {
    async([] { return go::Error("failed"); }); // defect
  });
}
