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

using namespace heddle;

namespace {

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
  if (Of &&
      !Of->compare_exchange_strong(Old, Poller, std::memory_order_relaxed) &&
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

int duplicated(int Old, int New, uintptr_t Pc) {
  if (New < 0 || !watching())
    return New;
  use(Old, Pc);
  begin(New, fileClock(Old), Pc);
  return New;
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

int filePairOpened(int Result, const int *Ends, uintptr_t Pc) {
  if (Result != 0 || !watching())
    return Result;
  const void *Clock = newClock();
  begin(Ends[0], Clock, Pc);
  begin(Ends[1], Clock, Pc);
  return Result;
}

int fileSocketOpened(int Fd, uintptr_t Pc) {
  if (Fd >= 0 && watching())
    begin(Fd, socketClock(), Pc);
  return Fd;
}

int fileAccepted(int Listener, int Fd, uintptr_t Pc) {
  if (Fd < 0 || !watching())
    return Fd;
  use(Listener, Pc);
  begin(Fd, socketClock(), Pc);
  syncAcquire(currentStrand(), socketClock());
  return Fd;
}

int fileReplaced(int Old, int New, uintptr_t Pc) {
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

void fileWatched(int Epoll, int Fd) {
  Slot *F = slot(Fd);
  if (F && !F->Clock && Fd > 2)
    F->Clock = newClock();
  if (F && F->Clock && fileClock(Epoll))
    watchClock(F->Clock, fileClock(Epoll));
}

void filesPolled(int Epoll, uintptr_t Pc) {
  received(Epoll, Pc);
  syncAcquire(currentStrand(), pollersClock());
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
