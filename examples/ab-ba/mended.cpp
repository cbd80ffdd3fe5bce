// ab-ba, mended: the account with the lower address comes first.
// Teaches: locks that are held together are always taken in one order.
// Static: none
// Run: none
#include <go/go.h>

#include <cstdio>
#include <functional>
#include <mutex>

struct Account {
  go::Mutex Lock;
  int Balance = 100;
};
Account Alice, Bob;

void transfer(Account &From, Account &To, int Amount) {
  bool FromFirst = std::less<Account *>()(&From, &To);
  std::lock_guard First(FromFirst ? From.Lock : To.Lock);
  std::lock_guard Second(FromFirst ? To.Lock : From.Lock);
  From.Balance -= Amount;
  To.Balance += Amount;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    Wg.go([] { transfer(Alice, Bob, 10); });
    Wg.go([] { transfer(Bob, Alice, 20); });
    Wg.wait();
    std::printf("%d %d\n", Alice.Balance, Bob.Balance);
  });
}
