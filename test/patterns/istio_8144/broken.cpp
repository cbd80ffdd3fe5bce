// istio_8144, broken: A cache's evictor counts in a callback what the test
// reads without order. (GoBench, CGO 2021: a bug of Istio.)
// Static: race-local
// Run: sometimes data-race
#include <go/go.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

class SafeMap {
public:
  void store(int Key, int Value) {
    std::lock_guard Lock(M);
    Values[Key] = Value;
  }
  void each(const std::function<void(int)> &Fn) {
    std::lock_guard Lock(M);
    for (auto &[Key, Value] : Values)
      Fn(Key);
  }

private:
  go::Mutex M;
  std::map<int, int> Values; // guarded by M
};

struct Recorder {
  int Evicted = 0;
  void callback(int) { ++Evicted; } // defect
};

std::shared_ptr<SafeMap> makeCache(std::function<void(int)> OnEvict) {
  auto Map = std::make_shared<SafeMap>();
  go::spawn([=] { Map->each(OnEvict); });
  return Map;
}

void testEviction() {
  auto R = std::make_shared<Recorder>();
  auto Cache = makeCache([=](int Key) { R->callback(Key); });
  Cache->store(1, 1);
  std::printf("%d evicted\n", static_cast<int>(R->Evicted)); // defect
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go(testEviction);
    Wg.wait();
  });
}
