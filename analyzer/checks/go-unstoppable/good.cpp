// Loops that somebody, or something, ends.
#include <go/go.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <queue>
#include <thread>

bool work();
void poll(int);

// Until the channel is closed.
void overChannel(go::RecvChan<int> Values) {
  go::spawn([=] {
    for (int N : Values)
      poll(N);
  });
}

void untilClosed(go::RecvChan<int> Values) {
  go::spawn([=] {
    for (;;) {
      auto [N, Ok] = Values.recvOk();
      if (!Ok)
        return;
      poll(N);
    }
  });
}

// Until it is told to stop.
void done(go::RecvChan<int> Values, go::RecvChan<int> Done) {
  go::spawn([=] {
    while (go::select(go::recv(Values), go::recv(Done)) == 0)
      work();
  });
}

void context(go::Context Ctx, go::RecvChan<int> Values) {
  go::spawn([=] {
    for (;;) {
      if (go::select(go::recv(Ctx.done()), go::recv(Values)) == 0)
        return;
      work();
    }
  });
}

// A flag.
struct Poller {
  std::atomic<bool> Stop = false;
  std::thread Worker;
  void start() {
    Worker = std::thread([this] {
      while (!Stop)
        work();
    });
  }
  ~Poller() {
    Stop = true;
    Worker.join();
  }
};

// A stop token.
void token() {
  std::jthread Worker([](std::stop_token Token) {
    while (!Token.stop_requested())
      work();
  });
}

// A thread pool's worker.
struct Pool {
  std::mutex M;
  std::condition_variable Changed;
  std::queue<int> Tasks;
  bool Closed = false;
  std::thread Worker;
  Pool() {
    Worker = std::thread([this] {
      for (;;) {
        std::unique_lock Lock(M);
        Changed.wait(Lock, [this] { return Closed || !Tasks.empty(); });
        if (Tasks.empty())
          return;
        int Task = Tasks.front();
        Tasks.pop();
        Lock.unlock();
        poll(Task);
      }
    });
  }
  ~Pool() {
    {
      std::lock_guard Lock(M);
      Closed = true;
    }
    Changed.notify_all();
    Worker.join();
  }
};

// It gives up by itself.
void retry() {
  go::spawn([] {
    for (;;) {
      if (work())
        break;
      go::sleep(std::chrono::seconds(1));
    }
    poll(0);
  });
}

void counted() {
  go::spawn([] {
    for (int I = 0; I < 10; ++I)
      work();
  });
}

// An error ends it, or the program.
void throws() {
  go::spawn([] {
    try {
      for (;;)
        if (!work())
          throw 1;
    } catch (int) {
    }
  });
}

void fatal() {
  go::spawn([] {
    for (;;)
      if (!work())
        std::abort();
  });
}

// In the spawner itself.
void serve(go::RecvChan<int> Requests) {
  for (;;) {
    int N = Requests.recv();
    go::spawn([=] { poll(N); });
  }
}

// What main starts may run as long as the program.
int main() {
  return go::main([] {
    go::spawn([] {
      for (;;)
        work();
    });
    work();
  });
}
