// Accesses without the lock that the declaration names.
#include <map>
#include <mutex>

#define GUARDED_BY(L) __attribute__((guarded_by(L)))

class Account {
public:
  void deposit(int N) {
    std::lock_guard Guard(M);
    Balance += N;
  }
  int balance() {
    return Balance; // bug: guarded-by
  }
  void reset() {
    Balance = 0; // bug: guarded-by
  }
  void wrongLock(int N) {
    std::lock_guard Guard(Other);
    Balance = N; // bug: guarded-by
  }
  void early() {
    std::unique_lock Guard(M);
    ++Balance;
    Guard.unlock();
    ++Balance; // bug: guarded-by
  }
  void record(int Key) {
    Rows[Key] = 1; // bug: guarded-by
  }

private:
  std::mutex M, Other;
  int Balance GUARDED_BY(M) = 0;
  std::map<int, int> Rows GUARDED_BY(M);
};

std::mutex Lock;
struct Table {
  int Size GUARDED_BY(Lock);
};

int size(Table &T) {
  return T.Size; // bug: guarded-by
}
