// kubernetes_49404, mended: The flag is atomic. (GoBench, CGO 2021: a bug of
// Kubernetes.)
#include <go/go.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

using Handler = std::function<void()>;

struct Mux {
  std::vector<std::pair<std::string, Handler>> Routes; // sorted

  void handle(std::string Path, Handler H) {
    Routes.emplace_back(std::move(Path), std::move(H));
    std::sort(Routes.begin(), Routes.end(),
              [](auto &A, auto &B) { return A.first < B.first; });
  }
  const Handler *match(const std::string &Path) const {
    for (auto &[Prefix, H] : Routes)
      if (Path == Prefix)
        return &H;
    return nullptr;
  }
};

struct Server {
  std::shared_ptr<Mux> Routes = std::make_shared<Mux>();
  std::shared_ptr<go::WaitGroup> Wg = std::make_shared<go::WaitGroup>();

  void start() {
    Wg->add(1);
    go::spawn([Routes = Routes, Wg = Wg] {
      go::spawn([Routes] {
        if (const Handler *H = Routes->match("/api"))
          (*H)();
      });
      Wg->done();
    });
  }
};

int main() {
  return go::main([] {
    auto Called = std::make_shared<std::atomic<bool>>(false);
    Server S;
    S.Routes->handle("/api", [=] { *Called = true; });
    S.start();
    if (!*Called)
      std::puts("not called yet");
    go::sleep(10ms);
  });
}
