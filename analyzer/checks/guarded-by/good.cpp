// Accesses with the lock that the declaration names.
#include <map>
#include <mutex>
#include <shared_mutex>

#define GUARDED_BY(L) __attribute__((guarded_by(L)))
#define REQUIRES(L) __attribute__((requires_capability(L)))

class Account {
public:
  Account() { Balance = 0; }
  ~Account() { Balance = -1; }

  void deposit(int N) {
    std::lock_guard Guard(M);
    Balance += N;
  }
  int balance() {
    std::unique_lock Guard(M);
    return Balance;
  }
  void byHand(int N) {
    M.lock();
    Balance = N;
    M.unlock();
  }
  void both(Account &To, int N) {
    std::scoped_lock Guard(M, To.M);
    Balance -= N;
    To.Balance += N;
  }
  void deferred() {
    std::unique_lock Guard(M, std::defer_lock);
    Guard.lock();
    ++Balance;
  }
  void throughCall() {
    std::lock_guard Guard(M);
    addLocked(1);
  }

private:
  void addLocked(int N) { Balance += N; }
  std::mutex M;
  int Balance GUARDED_BY(M) = 0;
};

class Annotated {
public:
  void add() REQUIRES(M) { ++N; }
  void unchecked() __attribute__((no_thread_safety_analysis)) { ++N; }
  std::mutex M;

private:
  int N GUARDED_BY(M) = 0;
};

class Cache {
public:
  int read() {
    std::shared_lock Guard(M);
    return N;
  }
  void write() {
    std::unique_lock Guard(M);
    ++N;
  }

private:
  std::shared_mutex M;
  int N GUARDED_BY(M) = 0;
};

// Nobody else has it yet.
struct Plain {
  std::mutex M;
  int N GUARDED_BY(M) = 0;
};
int fresh() {
  Plain P;
  P.N = 3;
  return P.N;
}
