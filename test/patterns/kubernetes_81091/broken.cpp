// kubernetes_81091, broken: Workers call one plugin, which counts its calls in
// a plain integer. (GoBench, CGO 2021: a bug of Kubernetes.)
// Static: race-local
// Run: sometimes data-race
#include <go/go.h>

#include <functional>
#include <memory>
#include <vector>

void parallelFor(int Workers, int Pieces, const std::function<void(int)> &Fn) {
  auto Work = go::makeChan<int>(Pieces);
  for (int I = 0; I < Pieces; ++I)
    Work.send(I);
  Work.close();
  go::WaitGroup Wg;
  for (int I = 0; I < Workers; ++I) {
    Wg.go([&] {
      for (int Piece : Work)
        Fn(Piece);
    });
  }
  Wg.wait();
}

struct Plugin {
  virtual ~Plugin() = default;
  virtual bool filter() = 0;
};

struct CountingPlugin : Plugin {
  int Calls = 0;
  bool filter() override {
    ++Calls; // defect
    return true;
  }
};

struct Framework {
  std::vector<std::shared_ptr<Plugin>> Plugins;
  bool runPlugins() {
    bool Fits = true;
    for (auto &P : Plugins)
      Fits &= P->filter();
    return Fits;
  }
};

void find(Framework &F) {
  parallelFor(2, 2, [&](int) { F.runPlugins(); });
}

int main() {
  return go::main([] {
    Framework F;
    F.Plugins.push_back(std::make_shared<CountingPlugin>());
    find(F);
  });
}
