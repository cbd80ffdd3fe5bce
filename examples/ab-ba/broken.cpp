// ab-ba, broken: two transfers lock the same two accounts, each its own first.
// Teaches: locks that are held together are always taken in one order.
// Static: lock-order
// Run: deadlock
#include <go/go.h>

#include <cstdio>
#include <mutex>

struct Account {
  go::Mutex Lock;
  int Balance = 100;
};
Account Alice, Bob;
go::WaitGroup BothAtWork;

void transfer(Account &From, Account &To, int Amount) {
  std::lock_guard LockFrom(From.Lock);
  BothAtWork.done(); // makes it happen in every run
  BothAtWork.wait();
  std::lock_guard LockTo(To.Lock);
  From.Balance -= Amount;
  To.Balance += Amount;
}

int main() {
  return go::main([] {
    BothAtWork.add(2);
    go::WaitGroup Wg;
    Wg.go([] { transfer(Alice, Bob, 10); });
    Wg.go([] { transfer(Bob, Alice, 20); });
    Wg.wait();
    std::printf("%d %d\n", Alice.Balance, Bob.Balance);
  });
}
