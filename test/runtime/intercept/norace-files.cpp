// What the kernel carries from descriptor to descriptor orders: eventfd, pipes
// under epoll, poll and select; dup2 changes a descriptor that is in use.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: heddle
#include "../exact/Unseen.h"
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

int Data;

void sendOne(int Fd) {
  Data = 1;
  uint64_t One = 1;
  if (write(Fd, &One, sizeof(One)) != sizeof(One))
    abort();
}

// Receives nothing: readiness alone says that the other has written.
void receiveFrom(int From, int To, void (*Wait)(int)) {
  std::thread Sender(sendOne, To);
  Wait(From);
  Data = 2;
  close(From);
  Sender.join();
  if (To != From)
    close(To);
}

void waitByEpoll(int Fd) {
  int Epoll = epoll_create1(0);
  epoll_event Event{};
  Event.events = EPOLLIN;
  if (epoll_ctl(Epoll, EPOLL_CTL_ADD, Fd, &Event) != 0 ||
      epoll_wait(Epoll, &Event, 1, -1) != 1)
    abort();
  close(Epoll);
}
void waitByPoll(int Fd) {
  pollfd P{Fd, POLLIN, 0};
  if (poll(&P, 1, -1) != 1)
    abort();
}
void waitBySelect(int Fd) {
  fd_set Set;
  FD_ZERO(&Set);
  FD_SET(Fd, &Set);
  if (select(Fd + 1, &Set, nullptr, nullptr, nullptr) != 1)
    abort();
}

void dupOverOneInUse() {
  Unseen Steps;
  int Ends[2], Other = eventfd(1, 0);
  if (pipe(Ends) != 0)
    abort();
  std::thread Reader([&] {
    Steps.reach(1);
    uint64_t X;
    if (read(Ends[0], &X, sizeof(X)) < 0)
      abort();
  });
  Steps.await(1);
  if (write(Ends[1], "x", 1) != 1 || dup2(Other, Ends[0]) != Ends[0])
    abort();
  close(Ends[1]); // ends the wait if it has begun before dup2
  Reader.join();
  close(Ends[0]);
  close(fcntl(Other, F_DUPFD, 100));
  close(Other);
}


int main() {
  for (auto *Wait : {waitByEpoll, waitByPoll, waitBySelect}) {
    int Ends[2], Event = eventfd(0, 0);
    receiveFrom(Event, Event, Wait);
    if (pipe(Ends) != 0)
      abort();
    receiveFrom(Ends[0], Ends[1], Wait);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, Ends) != 0)
      abort();
    receiveFrom(Ends[0], Ends[1], Wait);
  }
  dupOverOneInUse();
}
