// Guards that live as long as what they guard.
#include <map>
#include <memory>
#include <mutex>
#include <vector>

std::mutex M;
int Value;

void named() {
  std::lock_guard<std::mutex> Guard{M};
  ++Value;
}

// A guard that is handed out is bound to a name by the caller.
std::unique_lock<std::mutex> take() { return std::unique_lock<std::mutex>(M); }

void useTaken() {
  auto Guard = take();
  ++Value;
}

// For the length of one full expression, on purpose: the operand needs it.
int locked(std::unique_lock<std::mutex> Guard) { return Value; }
int pass() { return locked(std::unique_lock<std::mutex>(M)); }

// Kept in a container.
void many(std::vector<std::mutex> &Locks) {
  std::vector<std::unique_lock<std::mutex>> Guards;
  for (std::mutex &L : Locks)
    Guards.emplace_back(L);
  Guards.push_back(std::unique_lock<std::mutex>(M));
  ++Value;
}

struct Holder {
  std::unique_lock<std::mutex> Guard;
  explicit Holder(std::mutex &L) : Guard(L) {}
};

void inAnObject() {
  Holder H(M);
  ++Value;
}

void onTheHeap() {
  auto Guard = std::make_unique<std::lock_guard<std::mutex>>(M);
  ++Value;
}

void withInit() {
  if (std::lock_guard Guard(M); Value > 0)
    --Value;
}

// Waits for whoever holds the lock at this moment, and says so.
void barrier() { (void)std::lock_guard<std::mutex>(M); }
