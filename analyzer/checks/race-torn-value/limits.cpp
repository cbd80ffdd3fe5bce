// What is not followed.
#include <cstdio>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// Elements of a container whose index is not known.
void elements(std::vector<std::shared_ptr<int>> &All, size_t I, size_t J) {
  std::thread Other([&] { All[I] = nullptr; }); // missed: race-torn-value
  All[J] = nullptr;
  Other.join();
}

// Changed by a function of a library that is given a reference to it.
void swapped() {
  std::string_view A = "a", B = "b";
  std::thread Other([&] { std::swap(A, B); }); // missed: race-torn-value
  std::printf("%zu\n", A.size());
  Other.join();
}

// Pairs and tuples of a library.
void pairs() {
  std::pair<int, long> Range{0, 0};
  std::thread Other([&] { Range = {1, 2}; }); // missed: race-torn-value
  auto Mine = Range;
  std::printf("%ld\n", Mine.second);
  Other.join();
}
