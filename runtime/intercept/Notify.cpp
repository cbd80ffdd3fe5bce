// Notifications that glibc runs in threads that it starts itself: of message
// queues, of asynchronous input and output, of look-ups of names.
//
// Happens-before: mq_notify -> the function that it runs. The others keep their
// notification in an object that is the program's, and order nothing; but they
// say that threads may come that nobody made.
#include "base/Arena.h"
#include "event/Alone.h"
#include "intercept/Interceptor.h"

#include <aio.h>
#include <csignal>
#include <mqueue.h>
#include <netdb.h>

using namespace heddle;

namespace {

constinit Real<decltype(mq_notify)> RealMqNotify("mq_notify");
constinit Real<decltype(aio_read)> RealAioRead("aio_read");
constinit Real<decltype(aio_write)> RealAioWrite("aio_write");
constinit Real<decltype(aio_fsync)> RealAioFsync("aio_fsync");
constinit Real<decltype(lio_listio)> RealLioListio("lio_listio");
constinit Real<decltype(getaddrinfo_a)> RealGetaddrinfoA("getaddrinfo_a");

// Its address stands for it as a synchronisation object.
struct Notification {
  void (*Function)(sigval);
  sigval Value;
};

// A registration is used once.
void runNotification(sigval V) {
  auto *Kept = static_cast<Notification *>(V.sival_ptr);
  if (watching())
    syncAcquire(currentStrand(), Kept);
  Notification N = *Kept;
  syncForget(Kept, sizeof(*Kept));
  arenaDelete(Kept);
  N.Function(N.Value);
}

void threadsMayCome() {
  if (watching())
    mayMeetUnknownThreads();
}

} // namespace

HEDDLE_EXPORT int mq_notify(mqd_t Queue, const sigevent *Event) noexcept {
  if (!watching() || !Event || Event->sigev_notify != SIGEV_THREAD)
    return RealMqNotify(Queue, Event);
  auto *Kept = arenaNew<Notification>(
      Notification{Event->sigev_notify_function, Event->sigev_value});
  if (!Kept)
    return RealMqNotify(Queue, Event);
  mayMeetUnknownThreads();
  syncRelease(currentStrand(), Kept);
  sigevent Ours = *Event;
  Ours.sigev_notify_function = runNotification;
  Ours.sigev_value.sival_ptr = Kept;
  int Result = RealMqNotify(Queue, &Ours);
  if (Result == 0)
    return 0;
  syncForget(Kept, sizeof(*Kept));
  arenaDelete(Kept);
  return Result;
}

HEDDLE_EXPORT int aio_read(aiocb *Request) noexcept {
  threadsMayCome();
  return RealAioRead(Request);
}
HEDDLE_EXPORT int aio_write(aiocb *Request) noexcept {
  threadsMayCome();
  return RealAioWrite(Request);
}
HEDDLE_EXPORT int aio_fsync(int Operation, aiocb *Request) noexcept {
  threadsMayCome();
  return RealAioFsync(Operation, Request);
}
HEDDLE_EXPORT int lio_listio(int Mode, aiocb *const List[], int Count,
                             sigevent *Event) noexcept {
  threadsMayCome();
  return RealLioListio(Mode, List, Count, Event);
}
HEDDLE_EXPORT int getaddrinfo_a(int Mode, gaicb *List[], int Count,
                                sigevent *Event) {
  threadsMayCome();
  return RealGetaddrinfoA(Mode, List, Count, Event);
}
