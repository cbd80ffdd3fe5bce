// cockroach_3710, broken: A reader calls back into its store, which takes the
// read lock again. (GoBench, CGO 2021: a bug of CockroachDB.)
// Static: lock-double
// Run: gap
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

struct Store {
  std::shared_mutex Rw;
  std::vector<int> Replicas{1, 2}; // guarded by Rw

  size_t status() {
    std::shared_lock Lock(Rw); // defect
    return Replicas.size();
  }
  size_t scan() {
    std::shared_lock Lock(Rw); // defect
    size_t Sum = 0;
    for (int R : Replicas)
      Sum += status() + R;
    return Sum;
  }
  void process() {
    std::lock_guard Lock(Rw);
    auto Copy = Replicas;
  }
};

int main() {
  Store S;
  std::thread Scanner([&] { S.scan(); });
  std::thread Writer([&] { S.process(); });
  Scanner.join();
  Writer.join();
}
