// Waits under a lock that end, and waits that hold nothing.
#include <go/go.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

// The lock is given back before the wait.
void before(std::mutex &M, int &Sum) {
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([&] {
      std::lock_guard Guard(M);
      ++Sum;
    });
  {
    std::lock_guard Guard(M);
    ++Sum;
  }
  Wg.wait();
}

// The worker needs another lock.
void another(std::mutex &M, std::mutex &Other, int &Sum) {
  std::thread Worker([&] {
    std::lock_guard Guard(Other);
    ++Sum;
  });
  std::lock_guard Guard(M);
  Worker.join();
}

// One of the receivers needs no lock.
void helper(std::mutex &M, int &Sum) {
  auto Values = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] {
    for (int N : Values) {
      std::lock_guard Guard(M);
      Sum += N;
    }
  });
  Wg.go([&] {
    for (int N : Values)
      (void)N;
  });
  for (int I = 0; I < 3; ++I) {
    std::lock_guard Guard(M);
    Values.send(I);
  }
  Values.close();
  Wg.wait();
}

// There is room for all that is sent.
void room(std::mutex &M, int &Sum) {
  auto Values = go::makeChan<int>(2);
  go::WaitGroup Wg;
  Wg.go([&] {
    for (int N : Values) {
      std::lock_guard Guard(M);
      Sum += N;
    }
  });
  {
    std::lock_guard Guard(M);
    Values.send(1);
    Values.send(2);
  }
  Values.close();
  Wg.wait();
}

// A single value: the receiver takes the lock when it has it.
void once(std::mutex &M, int &Sum) {
  auto Value = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] {
    int N = Value.recv();
    std::lock_guard Guard(M);
    Sum += N;
  });
  {
    std::lock_guard Guard(M);
    Value.send(1);
  }
  Wg.wait();
}

// The task has had the lock before this one may take it.
void handedOver(std::mutex &M, int &Sum) {
  auto Ready = go::makeChan<int>();
  auto Done = go::makeChan<int>();
  go::spawn([=, &M, &Sum] {
    {
      std::lock_guard Guard(M);
      ++Sum;
    }
    Ready.send(1);
    Done.send(1);
  });
  Ready.recv();
  std::lock_guard Guard(M);
  Done.recv();
}

// Readers do not keep each other out.
void readers(std::shared_mutex &M, const int &Sum) {
  std::thread Worker([&] {
    std::shared_lock Guard(M);
    (void)Sum;
  });
  std::shared_lock Guard(M);
  Worker.join();
}

// It gives up when it does not get the lock.
void tries(std::mutex &M, int &Sum) {
  std::thread Worker([&] {
    if (M.try_lock()) {
      ++Sum;
      M.unlock();
    }
  });
  std::lock_guard Guard(M);
  Worker.join();
}

// A select that ends by itself.
void poll(std::mutex &M, int &Sum) {
  auto Values = go::makeChan<int>(1);
  go::spawn([=, &M, &Sum] {
    std::lock_guard Guard(M);
    Values.send(Sum);
  });
  std::lock_guard Guard(M);
  go::select(go::recv(Values), go::otherwise);
}
