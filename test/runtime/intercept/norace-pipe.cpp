// A write to a pipe or a socket happens before the read that sees it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <sys/socket.h>
#include <thread>
#include <unistd.h>

int Shared;

static void exchange(int Reader, int Writer) {
  std::thread T([=] {
    Shared = 1;
    (void)!write(Writer, "x", 1);
  });
  char Byte;
  (void)!read(Reader, &Byte, 1);
  Shared = 2;
  T.join();
  close(Reader);
  close(Writer);
}

int main() {
  int Ends[2];
  (void)!pipe(Ends);
  exchange(Ends[0], Ends[1]);
  (void)!socketpair(AF_UNIX, SOCK_STREAM, 0, Ends);
  exchange(Ends[0], Ends[1]);
}
