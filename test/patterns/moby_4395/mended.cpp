// moby_4395, mended: The channel has room for the result. (GoBench, CGO 2021: a
// bug of Docker.)
#include <go/go.h>

#include <functional>

go::RecvChan<go::Error> async(std::function<go::Error()> Fn) {
  auto Result = go::makeChan<go::Error>(1);
  go::spawn([=] { Result.send(Fn()); });
  return Result;
}

int main() {
  return go::main([] { async([] { return go::Error("failed"); }); });
}
