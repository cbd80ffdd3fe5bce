// Waits that are not repeated.
#include <go/go.h>

#include <condition_variable>
#include <mutex>

std::mutex M;
std::condition_variable Cv;
bool Ready;
int Items;

void tested() {
  std::unique_lock Guard(M);
  if (!Ready)
    Cv.wait(Guard); // bug: cv-no-predicate
  --Items;
}

void untested() {
  std::unique_lock<std::mutex> Guard(M);
  Cv.wait(Guard); // bug: cv-no-predicate
  --Items;
}

class Queue {
public:
  int pop() {
    std::unique_lock Guard(Own);
    if (N == 0)
      NotEmpty.wait(Guard); // bug: cv-no-predicate
    return --N;
  }

private:
  std::mutex Own;
  std::condition_variable_any NotEmpty;
  int N = 0;
};

void withGo(go::Mutex &L, go::Cond &C) {
  std::lock_guard Guard(L);
  if (Items == 0)
    C.wait(); // bug: cv-no-predicate
  --Items;
}
