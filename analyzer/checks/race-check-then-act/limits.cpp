// Sections that are not compared.
#include <deque>
#include <mutex>

class Queue {
public:
  bool isEmpty() const {
    std::lock_guard Guard(M);
    return Items.empty();
  }
  int pop() {
    std::lock_guard Guard(M);
    int N = Items.front();
    Items.pop_front(); // missed: race-check-then-act
    return N;
  }

private:
  mutable std::mutex M;
  std::deque<int> Items;
};

// The queue is the element of an array, whose index may change in between.
int popFrom(Queue *All, int I) {
  return All[I].isEmpty() ? 0 : All[I].pop();
}

// The test goes by way of two variables and a sum.
class Sum {
public:
  void add() {
    int A, B;
    {
      std::lock_guard Guard(M);
      A = Total;
    }
    B = A * 2;
    int C = B + 1;
    int D = C;
    if (D < 10) {
      std::lock_guard Guard(M);
      ++Total; // missed: race-check-then-act
    }
  }

private:
  std::mutex M;
  int Total = 0;
};
