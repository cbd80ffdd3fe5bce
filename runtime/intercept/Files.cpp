// File descriptors: a write or a close happens before the read that sees it.
//
// Every descriptor has a slot. Its use reads the slot, its end writes it, so
// that a close that races with a use is a race. What is sent is released at the
// slot's clock, and acquired where it is received: both ends of a pipe and of a
// socket pair share one clock, all other sockets of the process share another.
// The standard streams order nothing.
#include "intercept/Files.h"

#include "intercept/Interceptor.h"
#include "intercept/Start.h"
#include "platform/Mmap.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<decltype(read)> RealRead("read");
constinit Real<decltype(pread)> RealPread("pread");
constinit Real<decltype(readv)> RealReadv("readv");
constinit Real<decltype(recv)> RealRecv("recv");
constinit Real<decltype(recvmsg)> RealRecvmsg("recvmsg");
constinit Real<ssize_t(int, void *, size_t, int, sockaddr *, socklen_t *)>
    RealRecvfrom("recvfrom");
constinit Real<decltype(write)> RealWrite("write");
constinit Real<decltype(pwrite)> RealPwrite("pwrite");
constinit Real<decltype(writev)> RealWritev("writev");
constinit Real<decltype(send)> RealSend("send");
constinit Real<decltype(sendmsg)> RealSendmsg("sendmsg");
constinit Real<ssize_t(int, const void *, size_t, int, const sockaddr *,
                       socklen_t)>
    RealSendto("sendto");
constinit Real<decltype(close)> RealClose("close");
constinit Real<decltype(pipe)> RealPipe("pipe");
constinit Real<decltype(pipe2)> RealPipe2("pipe2");
constinit Real<decltype(socket)> RealSocket("socket");
constinit Real<decltype(socketpair)> RealSocketpair("socketpair");
constinit Real<int(int, sockaddr *, socklen_t *)> RealAccept("accept");
constinit Real<int(int, sockaddr *, socklen_t *, int)> RealAccept4("accept4");
constinit Real<int(int, const sockaddr *, socklen_t)> RealConnect("connect");
constinit Real<decltype(dup)> RealDup("dup");
constinit Real<decltype(dup2)> RealDup2("dup2");
constinit Real<decltype(dup3)> RealDup3("dup3");
constinit Real<decltype(eventfd)> RealEventfd("eventfd");
constinit Real<decltype(epoll_ctl)> RealEpollCtl("epoll_ctl");
constinit Real<decltype(epoll_wait)> RealEpollWait("epoll_wait");

constexpr int kSlots = 1 << 20;
constexpr size_t kClocks = size_t(1) << 27;

struct Slot {
  const void *Clock; // null: orders nothing
};

Slot *gSlots = nullptr;
char *gClocks = nullptr; // addresses only, never touched
std::atomic<size_t> gNextClock{0};

Slot *slot(int Fd) {
  return Fd >= 0 && Fd < kSlots && gSlots ? gSlots + Fd : nullptr;
}

const void *newClock() {
  // Ordering: relaxed; only the number has to be new.
  size_t N = gNextClock.fetch_add(1, std::memory_order_relaxed) % kClocks;
  const void *Clock = gClocks + N * 8;
  syncForget(Clock, 8);
  return Clock;
}

// The clock of Fd, null if it orders nothing. A descriptor that began unseen is
// its own clock.
const void *clockOf(int Fd) {
  Slot *F = slot(Fd);
  return F && !F->Clock && Fd > 2 ? F : F ? F->Clock : nullptr;
}

const void *socketClock() { return &gNextClock; }

// Fd begins; whoever had this number before is ordered by the kernel.
void begin(int Fd, const void *Clock, uintptr_t Pc) {
  Slot *F = slot(Fd);
  if (!F)
    return;
  forgetAccesses(F, sizeof(*F));
  F->Clock = Clock;
  access(currentStrand(), F, sizeof(*F), true, Pc);
}

void use(int Fd, uintptr_t Pc) {
  if (Slot *F = slot(Fd))
    access(currentStrand(), F, sizeof(*F), false, Pc);
}

void sending(int Fd, uintptr_t Pc) {
  if (!watching())
    return;
  use(Fd, Pc);
  if (const void *Clock = clockOf(Fd))
    syncRelease(currentStrand(), Clock);
}

void received(int Fd, uintptr_t Pc) {
  if (!watching())
    return;
  use(Fd, Pc);
  if (const void *Clock = clockOf(Fd))
    syncAcquire(currentStrand(), Clock);
}

ssize_t filled(int Fd, const void *Buffer, ssize_t Size, uintptr_t Pc) {
  if (Size < 0)
    return Size;
  received(Fd, Pc);
  if (watching())
    access(currentStrand(), Buffer, size_t(Size), true, Pc);
  return Size;
}

void emptied(int Fd, const void *Buffer, size_t Size, uintptr_t Pc) {
  if (watching())
    access(currentStrand(), Buffer, Size, false, Pc);
  sending(Fd, Pc);
}

void touchVector(const iovec *Vector, int Count, size_t Size, bool IsWrite,
                 uintptr_t Pc) {
  for (int I = 0; I < Count && Size && watching(); ++I) {
    size_t Part = Vector[I].iov_len < Size ? Vector[I].iov_len : Size;
    access(currentStrand(), Vector[I].iov_base, Part, IsWrite, Pc);
    Size -= Part;
  }
}

void beginPair(const int *Ends, uintptr_t Pc) {
  const void *Clock = newClock();
  begin(Ends[0], Clock, Pc);
  begin(Ends[1], Clock, Pc);
}

int duplicated(int Old, int New, uintptr_t Pc) {
  if (New < 0 || !watching())
    return New;
  use(Old, Pc);
  begin(New, clockOf(Old), Pc);
  return New;
}

int accepted(int Listener, int Fd, uintptr_t Pc) {
  if (Fd < 0 || !watching())
    return Fd;
  use(Listener, Pc);
  begin(Fd, socketClock(), Pc);
  syncAcquire(currentStrand(), socketClock());
  return Fd;
}

} // namespace

namespace heddle {

void prepareFiles() {
  gSlots = static_cast<Slot *>(mapSparse(0, kSlots * sizeof(Slot)));
  gClocks = static_cast<char *>(mapSparse(0, kClocks * 8));
}

int fileOpened(int Fd, uintptr_t Pc) {
  if (Fd >= 0 && watching())
    begin(Fd, newClock(), Pc);
  return Fd;
}

int fileOfSlot(uintptr_t Addr) {
  auto Begin = reinterpret_cast<uintptr_t>(gSlots);
  if (!gSlots || Addr < Begin || Addr >= Begin + kSlots * sizeof(Slot))
    return -1;
  return int((Addr - Begin) / sizeof(Slot));
}

} // namespace heddle

HEDDLE_EXPORT ssize_t read(int Fd, void *Buffer, size_t Size) {
  return filled(Fd, Buffer, RealRead(Fd, Buffer, Size), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t pread(int Fd, void *Buffer, size_t Size, off_t Offset) {
  return filled(Fd, Buffer, RealPread(Fd, Buffer, Size, Offset), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t readv(int Fd, const iovec *Vector, int Count) {
  ssize_t Size = RealReadv(Fd, Vector, Count);
  if (Size >= 0)
    received(Fd, HEDDLE_CALLER);
  if (Size > 0)
    touchVector(Vector, Count, size_t(Size), true, HEDDLE_CALLER);
  return Size;
}
HEDDLE_EXPORT ssize_t recv(int Fd, void *Buffer, size_t Size, int Flags) {
  return filled(Fd, Buffer, RealRecv(Fd, Buffer, Size, Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t recvfrom(int Fd, void *Buffer, size_t Size, int Flags,
                               sockaddr *From, socklen_t *FromSize) {
  return filled(Fd, Buffer,
                RealRecvfrom(Fd, Buffer, Size, Flags, From, FromSize),
                HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t recvmsg(int Fd, msghdr *Message, int Flags) {
  ssize_t Size = RealRecvmsg(Fd, Message, Flags);
  if (Size >= 0)
    received(Fd, HEDDLE_CALLER);
  if (Size > 0)
    touchVector(Message->msg_iov, int(Message->msg_iovlen), size_t(Size), true,
                HEDDLE_CALLER);
  return Size;
}

HEDDLE_EXPORT ssize_t write(int Fd, const void *Buffer, size_t Size) {
  emptied(Fd, Buffer, Size, HEDDLE_CALLER);
  return RealWrite(Fd, Buffer, Size);
}
HEDDLE_EXPORT ssize_t pwrite(int Fd, const void *Buffer, size_t Size,
                             off_t Offset) {
  emptied(Fd, Buffer, Size, HEDDLE_CALLER);
  return RealPwrite(Fd, Buffer, Size, Offset);
}
HEDDLE_EXPORT ssize_t writev(int Fd, const iovec *Vector, int Count) {
  touchVector(Vector, Count, SIZE_MAX, false, HEDDLE_CALLER);
  sending(Fd, HEDDLE_CALLER);
  return RealWritev(Fd, Vector, Count);
}
HEDDLE_EXPORT ssize_t send(int Fd, const void *Buffer, size_t Size, int Flags) {
  emptied(Fd, Buffer, Size, HEDDLE_CALLER);
  return RealSend(Fd, Buffer, Size, Flags);
}
HEDDLE_EXPORT ssize_t sendto(int Fd, const void *Buffer, size_t Size, int Flags,
                             const sockaddr *To, socklen_t ToSize) {
  emptied(Fd, Buffer, Size, HEDDLE_CALLER);
  return RealSendto(Fd, Buffer, Size, Flags, To, ToSize);
}
HEDDLE_EXPORT ssize_t sendmsg(int Fd, const msghdr *Message, int Flags) {
  touchVector(Message->msg_iov, int(Message->msg_iovlen), SIZE_MAX, false,
              HEDDLE_CALLER);
  sending(Fd, HEDDLE_CALLER);
  return RealSendmsg(Fd, Message, Flags);
}

HEDDLE_EXPORT int close(int Fd) {
  if (watching())
    if (Slot *F = slot(Fd)) {
      access(currentStrand(), F, sizeof(*F), true, HEDDLE_CALLER);
      if (const void *Clock = clockOf(Fd))
        syncRelease(currentStrand(), Clock);
    }
  return RealClose(Fd);
}

HEDDLE_EXPORT int pipe(int *Ends) noexcept {
  int Result = RealPipe(Ends);
  if (Result == 0 && watching())
    beginPair(Ends, HEDDLE_CALLER);
  return Result;
}
HEDDLE_EXPORT int pipe2(int *Ends, int Flags) noexcept {
  int Result = RealPipe2(Ends, Flags);
  if (Result == 0 && watching())
    beginPair(Ends, HEDDLE_CALLER);
  return Result;
}
HEDDLE_EXPORT int socketpair(int Domain, int Type, int Protocol,
                             int *Ends) noexcept {
  int Result = RealSocketpair(Domain, Type, Protocol, Ends);
  if (Result == 0 && watching())
    beginPair(Ends, HEDDLE_CALLER);
  return Result;
}
HEDDLE_EXPORT int socket(int Domain, int Type, int Protocol) noexcept {
  int Fd = RealSocket(Domain, Type, Protocol);
  if (Fd >= 0 && watching())
    begin(Fd, socketClock(), HEDDLE_CALLER);
  return Fd;
}
HEDDLE_EXPORT int accept(int Listener, sockaddr *Peer, socklen_t *Size) {
  return accepted(Listener, RealAccept(Listener, Peer, Size), HEDDLE_CALLER);
}
HEDDLE_EXPORT int accept4(int Listener, sockaddr *Peer, socklen_t *Size,
                          int Flags) {
  return accepted(Listener, RealAccept4(Listener, Peer, Size, Flags),
                  HEDDLE_CALLER);
}
HEDDLE_EXPORT int connect(int Fd, const sockaddr *Peer, socklen_t Size) {
  sending(Fd, HEDDLE_CALLER);
  return RealConnect(Fd, Peer, Size);
}

HEDDLE_EXPORT int dup(int Old) noexcept {
  return duplicated(Old, RealDup(Old), HEDDLE_CALLER);
}
HEDDLE_EXPORT int dup2(int Old, int New) noexcept {
  return duplicated(Old, RealDup2(Old, New), HEDDLE_CALLER);
}
HEDDLE_EXPORT int dup3(int Old, int New, int Flags) noexcept {
  return duplicated(Old, RealDup3(Old, New, Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT int eventfd(unsigned Value, int Flags) noexcept {
  return fileOpened(RealEventfd(Value, Flags), HEDDLE_CALLER);
}

HEDDLE_EXPORT int epoll_ctl(int Epoll, int Operation, int Fd,
                            epoll_event *Event) noexcept {
  if (watching()) {
    use(Fd, HEDDLE_CALLER);
    sending(Epoll, HEDDLE_CALLER);
  }
  return RealEpollCtl(Epoll, Operation, Fd, Event);
}
HEDDLE_EXPORT int epoll_wait(int Epoll, epoll_event *Events, int Max,
                             int Timeout) {
  int Count = RealEpollWait(Epoll, Events, Max, Timeout);
  if (Count > 0)
    received(Epoll, HEDDLE_CALLER);
  return Count;
}
