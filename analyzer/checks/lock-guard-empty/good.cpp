// Guards that are given their lock later, or elsewhere.
#include <mutex>
#include <utility>

std::mutex M, Other;
int Value;

void assigned(bool Careful) {
  std::unique_lock<std::mutex> Guard;
  if (Careful)
    Guard = std::unique_lock<std::mutex>(M);
  ++Value;
}

void swapped() {
  std::unique_lock<std::mutex> Guard;
  std::unique_lock<std::mutex> Full(M);
  std::swap(Guard, Full);
  ++Value;
}

void fill(std::unique_lock<std::mutex> &Guard);

void filled() {
  std::unique_lock<std::mutex> Guard;
  fill(Guard);
  ++Value;
}

void captured() {
  std::unique_lock<std::mutex> Guard;
  auto Take = [&] { Guard = std::unique_lock<std::mutex>(M); };
  Take();
  ++Value;
}

struct Session {
  std::unique_lock<std::mutex> Guard;
  void open() { Guard = std::unique_lock<std::mutex>(M); }
};

void deferred() {
  std::unique_lock<std::mutex> A(M, std::defer_lock);
  std::unique_lock<std::mutex> B(Other, std::defer_lock);
  std::lock(A, B);
  ++Value;
}
