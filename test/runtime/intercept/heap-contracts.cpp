// malloc and its family keep their contracts.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

static bool isAligned(void *P, size_t A) {
  return P && reinterpret_cast<uintptr_t>(P) % A == 0;
}

struct alignas(256) Wide {
  char Bytes[256];
};

#define REQUIRE(X)                                                             \
  if (!(X))                                                                    \
  return __LINE__ % 200

int main() {
  for (size_t Align = 16; Align <= 8192; Align *= 2) {
    void *P = memalign(Align, 100), *Q = aligned_alloc(Align, Align), *R;
    REQUIRE(isAligned(P, Align) && isAligned(Q, Align));
    REQUIRE(posix_memalign(&R, Align, 33) == 0 && isAligned(R, Align));
    REQUIRE(malloc_usable_size(R) >= 33);
    memset(R, 1, malloc_usable_size(R));
    free(P);
    free(Q);
    free(R);
  }
  auto *Zeroed = static_cast<char *>(calloc(50, 20));
  for (int I = 0; I < 1000; ++I)
    REQUIRE(Zeroed[I] == 0);
  strcpy(Zeroed, "kept");
  Zeroed = static_cast<char *>(realloc(Zeroed, 100000));
  REQUIRE(!strcmp(Zeroed, "kept"));
  Zeroed = static_cast<char *>(realloc(Zeroed, 5));
  REQUIRE(!strcmp(Zeroed, "kept"));
  free(Zeroed);
  volatile size_t Huge = SIZE_MAX / 2;
  void *volatile None = malloc(Huge);
  REQUIRE(!None && errno == ENOMEM);
  None = calloc(Huge, 16);
  REQUIRE(!None);
  None = operator new(Huge, std::nothrow);
  REQUIRE(!None);
  try {
    None = operator new[](Huge);
    return 1;
  } catch (const std::bad_alloc &) {
  }
  auto *W = new Wide[3];
  REQUIRE(isAligned(W, 256));
  delete[] W;
  int Bad;
  REQUIRE(posix_memalign(reinterpret_cast<void **>(&Bad), 3, 8) == EINVAL);
}
