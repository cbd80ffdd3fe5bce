// Counts words: threads split a text and count in maps of their own, which are
// merged behind a mutex. Strings, hashing, small copies.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

constexpr int kThreads = 4, kWords = 600'000;

static std::string makeText() {
  std::string Text;
  uint32_t State = 1;
  for (int I = 0; I < kWords; ++I) {
    State = State * 1664525 + 1013904223;
    uint32_t Word = (State >> 10) % 5'000;
    do
      Text += static_cast<char>('a' + Word % 26);
    while (Word /= 26);
    Text += ' ';
  }
  return Text;
}

static void count(std::string_view Part,
                  std::unordered_map<std::string, int> &Counts) {
  while (!Part.empty()) {
    size_t End = Part.find(' ');
    if (End == std::string_view::npos)
      End = Part.size();
    ++Counts[std::string(Part.substr(0, End))];
    Part.remove_prefix(std::min(End + 1, Part.size()));
  }
}

int main() {
  std::string Text = makeText();
  std::mutex M;
  std::map<std::string, int> Total;
  std::vector<std::thread> Threads;
  size_t Begin = 0;
  for (int I = 0; I < kThreads; ++I) {
    size_t End = I == kThreads - 1
                     ? Text.size()
                     : Text.find(' ', Text.size() * (I + 1) / kThreads) + 1;
    std::string_view Part(Text.data() + Begin, End - Begin);
    Begin = End;
    Threads.emplace_back([&, Part] {
      std::unordered_map<std::string, int> Counts;
      count(Part, Counts);
      std::lock_guard Lock(M);
      for (auto &[Word, N] : Counts)
        Total[Word] += N;
    });
  }
  for (std::thread &T : Threads)
    T.join();
  uint64_t Hash = 0;
  for (auto &[Word, N] : Total)
    Hash = Hash * 31 + Word.size() * N;
  std::printf("words %zu %llu\n", Total.size(),
              static_cast<unsigned long long>(Hash));
}
