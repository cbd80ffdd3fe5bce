// Orders that differ and harm nobody.
#include <go/go.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

// Taken together.
void together(std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::scoped_lock Guard(A, B);
    ++N;
  });
  {
    std::scoped_lock Guard(B, A);
    ++N;
  }
  Worker.join();
}

// One after the other.
void apart(std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::lock_guard First(A);
    std::lock_guard Second(B);
    ++N;
  });
  Worker.join();
  std::lock_guard First(B);
  std::lock_guard Second(A);
  ++N;
}

// A third lock is around both.
void gate(std::mutex &Gate, std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::lock_guard Outer(Gate);
    std::lock_guard First(A);
    std::lock_guard Second(B);
    ++N;
  });
  {
    std::lock_guard Outer(Gate);
    std::lock_guard First(B);
    std::lock_guard Second(A);
    ++N;
  }
  Worker.join();
}

// The second lock is only tried.
void tries(std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::lock_guard First(A);
    if (B.try_lock()) {
      ++N;
      B.unlock();
    }
  });
  {
    std::lock_guard First(B);
    std::lock_guard Second(A);
    ++N;
  }
  Worker.join();
}

// The first is given back before the second is taken.
void early(std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::unique_lock First(A);
    ++N;
    First.unlock();
    std::lock_guard Second(B);
    ++N;
  });
  {
    std::lock_guard First(B);
    std::lock_guard Second(A);
    ++N;
  }
  Worker.join();
}

// Two objects of one class: a parent before its child.
struct Node {
  std::mutex M;
  Node *Child = nullptr;
  int N = 0;
  void count() {
    std::lock_guard Guard(M);
    if (Child)
      Child->count();
    ++N;
  }
};

void tree(Node &Root) {
  std::thread Worker([&] { Root.count(); });
  Root.count();
  Worker.join();
}

// Only readers.
void readers(std::shared_mutex &A, std::shared_mutex &B, int &N) {
  std::thread Worker([&] {
    std::shared_lock First(A);
    std::shared_lock Second(B);
  });
  {
    std::shared_lock First(B);
    std::shared_lock Second(A);
  }
  Worker.join();
}

// In the same order everywhere.
void same(std::mutex &A, std::mutex &B, int &N) {
  std::thread Worker([&] {
    std::lock_guard First(A);
    std::lock_guard Second(B);
    ++N;
  });
  {
    std::lock_guard First(A);
    std::lock_guard Second(B);
    ++N;
  }
  Worker.join();
}
