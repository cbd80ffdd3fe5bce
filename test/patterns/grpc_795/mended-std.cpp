// grpc_795, mended: Both paths unlock. (GoBench, CGO 2021: a bug of gRPC.)
#include <mutex>
#include <thread>

struct Server {
  std::mutex M;
  bool Drain = false; // guarded by M

  void gracefulStop() {
    M.lock();
    if (Drain) {
      M.unlock();
      return;
    }
    Drain = true;
    M.unlock();
  }
  void serve() {
    M.lock();
    M.unlock();
  }
};

int main() {
  Server S;
  std::thread T([&] { S.serve(); });
  for (int I = 0; I < 3; ++I)
    S.gracefulStop();
  T.join();
}
