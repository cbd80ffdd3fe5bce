// File descriptors: a write or a close happens before the read that sees it.
//
// Every descriptor has a slot. Its use reads the slot, its end writes it, so
// that a close that races with a use is a race. What is sent is released at the
// slot's clock, and acquired where it is received: both ends of a pipe and of a
// socket pair share one clock, all other sockets of the process share another.
// The standard streams order nothing. A descriptor that is polled hands what is
// released at its clock to the poller's, too.
#include "intercept/Files.h"

#include "event/Place.h"
#include "event/StrandData.h"
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
constinit Real<decltype(epoll_pwait)> RealEpollPwait("epoll_pwait");

constexpr int kSlots = 1 << 20;
constexpr size_t kClocks = size_t(1) << 27;
constexpr size_t kFirstClock = 2;

struct Slot {
  const void *Clock; // null: orders nothing
  FileOrigin Origin; // kept when it is closed
};
// What stands for a descriptor in the shadow.
constexpr size_t kSlotAccess = sizeof(void *);

Slot *gSlots = nullptr;
// An address for each clock; there, the clock of the poller that watches it.
std::atomic<const void *> *gClocks = nullptr;
std::atomic<size_t> gNextClock{0};

Slot *slot(int Fd) {
  return Fd >= 0 && Fd < kSlots && gSlots ? gSlots + Fd : nullptr;
}

const void *newClock() {
  // Ordering: relaxed; only the number has to be new.
  size_t N = gNextClock.fetch_add(1, std::memory_order_relaxed);
  std::atomic<const void *> *Clock = gClocks + kFirstClock + N % kClocks;
  if (Clock->load(std::memory_order_relaxed))
    Clock->store(nullptr, std::memory_order_relaxed);
  syncForget(Clock, 8);
  return Clock;
}

// Of all sockets that are no pair / of all pollers, for descriptors that more
// than one of them watches.
const void *socketClock() { return gClocks; }
const void *pollersClock() { return gClocks + 1; }

std::atomic<const void *> *pollerOf(const void *Clock) {
  auto *C = static_cast<std::atomic<const void *> *>(const_cast<void *>(Clock));
  return C >= gClocks && C < gClocks + kFirstClock + kClocks ? C : nullptr;
}

// From now on what is released at Clock is released at Poller.
void watchClock(const void *Clock, const void *Poller) {
  std::atomic<const void *> *Of = pollerOf(Clock);
  const void *Old = nullptr;
  // Ordering: relaxed; epoll_ctl has released before.
  if (Of && !Of->compare_exchange_strong(Old, Poller,
                                         std::memory_order_relaxed) &&
      Old != Poller)
    Of->store(pollersClock(), std::memory_order_relaxed);
  syncForward(Clock, Poller); // it may be ready already
}

void releaseAt(Strand &S, const void *Clock) {
  if (!Clock)
    return;
  syncRelease(S, Clock);
  std::atomic<const void *> *Of = pollerOf(Clock);
  if (const void *Poller = Of ? Of->load(std::memory_order_relaxed) : nullptr)
    syncRelease(S, Poller);
}

// The clock of Fd, null if it orders nothing. A descriptor that began unseen is
// its own clock.
const void *fileClock(int Fd) {
  Slot *F = slot(Fd);
  return F && !F->Clock && Fd > 2 ? F : F ? F->Clock : nullptr;
}

FileOrigin originHere(const Strand &S, uintptr_t Pc) {
  FileOrigin O{};
  O.Place = placeFor(heddle_thread_block.Context, Pc, PlaceKind::Plain,
                     __builtin_frame_address(0));
  if (isWatched(S)) {
    O.StrandId = S.Record->Id;
    O.IsGoroutine = S.Record->IsGoroutine;
  }
  return O;
}

// Fd begins; whoever had this number before is ordered by the kernel.
void begin(int Fd, const void *Clock, uintptr_t Pc) {
  Slot *F = slot(Fd);
  if (!F)
    return;
  forgetAccesses(F, kSlotAccess);
  Strand &S = currentStrand();
  F->Clock = Clock;
  F->Origin = originHere(S, Pc);
  access(S, F, kSlotAccess, true, Pc);
}

void use(int Fd, uintptr_t Pc) {
  if (Slot *F = slot(Fd))
    access(currentStrand(), F, kSlotAccess, false, Pc);
}

void sending(int Fd, uintptr_t Pc) {
  if (!watching())
    return;
  use(Fd, Pc);
  releaseAt(currentStrand(), fileClock(Fd));
}

void received(int Fd, uintptr_t Pc) {
  if (!watching())
    return;
  use(Fd, Pc);
  if (const void *Clock = fileClock(Fd))
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
  begin(New, fileClock(Old), Pc);
  return New;
}

// New may be in use: dup2 changes what it stands for in one step, which is no
// race with a thread that reads from it.
int replaced(int Old, int New, uintptr_t Pc) {
  if (New < 0 || Old == New || !watching())
    return New;
  use(Old, Pc);
  use(New, Pc);
  if (Slot *F = slot(New)) {
    F->Clock = fileClock(Old);
    F->Origin = originHere(currentStrand(), Pc);
  }
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
  gClocks = static_cast<std::atomic<const void *> *>(
      mapSparse(0, (kFirstClock + kClocks) * sizeof(*gClocks)));
}

int fileOpened(int Fd, uintptr_t Pc) {
  if (Fd >= 0 && watching())
    begin(Fd, newClock(), Pc);
  return Fd;
}

int fileOpenedUnordered(int Fd, uintptr_t Pc) {
  if (Fd >= 0 && watching())
    begin(Fd, nullptr, Pc);
  return Fd;
}

int fileDuplicated(int Old, int New, uintptr_t Pc) {
  return duplicated(Old, New, Pc);
}

void fileUsed(int Fd, uintptr_t Pc) {
  if (watching())
    use(Fd, Pc);
}

void fileSending(int Fd, uintptr_t Pc) { sending(Fd, Pc); }

void fileReady(int Fd, uintptr_t Pc) { received(Fd, Pc); }

void fileClosing(int Fd, uintptr_t Pc) {
  Slot *F = watching() ? slot(Fd) : nullptr;
  if (!F)
    return;
  access(currentStrand(), F, kSlotAccess, true, Pc);
  releaseAt(currentStrand(), fileClock(Fd));
}

bool fileOrigin(int Fd, FileOrigin &Out) {
  Slot *F = slot(Fd);
  if (F)
    Out = F->Origin;
  return F && Out.Place;
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
  fileClosing(Fd, HEDDLE_CALLER);
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
  return replaced(Old, RealDup2(Old, New), HEDDLE_CALLER);
}
HEDDLE_EXPORT int dup3(int Old, int New, int Flags) noexcept {
  return replaced(Old, RealDup3(Old, New, Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT int eventfd(unsigned Value, int Flags) noexcept {
  return fileOpened(RealEventfd(Value, Flags), HEDDLE_CALLER);
}

HEDDLE_EXPORT int epoll_ctl(int Epoll, int Operation, int Fd,
                            epoll_event *Event) noexcept {
  if (watching()) {
    use(Fd, HEDDLE_CALLER);
    sending(Epoll, HEDDLE_CALLER);
    Slot *F = slot(Fd);
    if (F && !F->Clock && Fd > 2)
      F->Clock = newClock();
    if (F && F->Clock && fileClock(Epoll) && Operation != EPOLL_CTL_DEL)
      watchClock(F->Clock, fileClock(Epoll));
  }
  return RealEpollCtl(Epoll, Operation, Fd, Event);
}

namespace {

int polled(int Epoll, const epoll_event *Events, int Count, uintptr_t Pc) {
  if (Count <= 0 || !watching())
    return Count;
  received(Epoll, Pc);
  Strand &S = currentStrand();
  syncAcquire(S, pollersClock());
  access(S, Events, size_t(Count) * sizeof(*Events), true, Pc);
  return Count;
}

} // namespace

HEDDLE_EXPORT int epoll_wait(int Epoll, epoll_event *Events, int Max,
                             int Timeout) {
  return polled(Epoll, Events, RealEpollWait(Epoll, Events, Max, Timeout),
                HEDDLE_CALLER);
}
HEDDLE_EXPORT int epoll_pwait(int Epoll, epoll_event *Events, int Max,
                              int Timeout, const sigset_t *Mask) {
  return polled(Epoll, Events,
                RealEpollPwait(Epoll, Events, Max, Timeout, Mask),
                HEDDLE_CALLER);
}
