// Prints failures of Heddle's own invariants without touching the heap.
#include "base/Check.h"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <unistd.h>

namespace heddle {
namespace {

struct Line {
  char Text[512];
  size_t Size = 0;

  void add(const char *S) {
    size_t N = strlen(S);
    if (N > sizeof(Text) - Size)
      N = sizeof(Text) - Size;
    memcpy(Text + Size, S, N);
    Size += N;
  }
  void add(unsigned N) {
    char Digits[12];
    char *P = Digits + sizeof(Digits) - 1;
    *P = 0;
    do
      *--P = char('0' + N % 10);
    while (N /= 10);
    add(P);
  }
  void flush() { [[maybe_unused]] ssize_t Written = write(2, Text, Size); }
};

constinit std::atomic<unsigned> Failures{0};

// True the first time this place fails; a full table repeats messages.
bool isFirstFailureAt(const char *File, int LineNo) {
  static std::atomic<uint64_t> Seen[64];
  uint64_t Key = (uint64_t)(uintptr_t)File * 31 + (unsigned)LineNo;
  for (auto &Slot : Seen) {
    uint64_t Old = 0;
    if (Slot.compare_exchange_strong(Old, Key, std::memory_order_relaxed))
      return true;
    if (Old == Key)
      return false;
  }
  return true;
}

} // namespace

bool checkFailed(const char *Text, const char *File, int LineNo) {
  if (!isFirstFailureAt(File, LineNo))
    return false;
  Failures.fetch_add(1, std::memory_order_relaxed);
  const char *Name = strrchr(File, '/');
  Line L;
  L.add("heddle: internal failure: ");
  L.add(Text);
  L.add(" (heddle ");
  L.add(kVersion);
  L.add(", ");
  L.add(Name ? Name + 1 : File);
  L.add(":");
  L.add((unsigned)LineNo);
  L.add("); the program goes on, findings may be missing\n");
  L.flush();
  return false;
}

unsigned checksFailed() { return Failures.load(std::memory_order_relaxed); }

void printError(const char *A, const char *B, const char *C, const char *D) {
  Line L;
  L.add(A);
  L.add(B);
  L.add(C);
  L.add(D);
  L.add("\n");
  L.flush();
}

} // namespace heddle
