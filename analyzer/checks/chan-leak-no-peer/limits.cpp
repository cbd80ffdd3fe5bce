// Channels without a peer that are not found.
#include <go/go.h>

#include <vector>

// The capacity is not known.
void capacity(int N) {
  auto Values = go::makeChan<int>(N);
  for (int I = 0; I <= N; ++I)
    Values.send(I); // missed: chan-leak-no-peer
}

// All cases of a select.
void selects() {
  auto A = go::makeChan<int>();
  auto B = go::makeChan<int>();
  go::select(go::recv(A), go::recv(B)); // missed: chan-leak-no-peer
}

// In a container.
void container() {
  std::vector<go::Chan<int>> All{go::makeChan<int>()};
  for (auto &C : All)
    C.recv(); // missed: chan-leak-no-peer
}
