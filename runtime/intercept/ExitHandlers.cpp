// Handlers for the exit of the process: the registration happens before the
// handler. Destructors of static objects are such handlers: the end of the
// constructor happens before them.
//
// What is called at the exit knows no more than its registration: what another
// thread does later is no more ordered with it than with the end of main.
#include "base/Arena.h"
#include "intercept/Interceptor.h"
#include "intercept/Start.h"

using namespace heddle;

namespace {

constinit Real<int(void (*)(void *), void *, void *)>
    RealCxaAtexit("__cxa_atexit");
constinit Real<int(void (*)(int, void *), void *)> RealOnExit("on_exit");
constinit Real<int(void (*)(void *), void *)>
    RealAtQuickExit("__cxa_at_quick_exit");

// Its address is the clock of the registration.
struct Handler {
  void (*Function)(void *);
  void (*WithStatus)(int, void *);
  void *Arg;
};

// quick_exit hands its handlers nothing that could tell them apart.
const char kQuickExit = 0;

Handler *registered(void (*Function)(void *), void (*WithStatus)(int, void *),
                    void *Arg) {
  auto *H = watching() ? arenaNew<Handler>(Function, WithStatus, Arg) : nullptr;
  if (H)
    syncRelease(currentStrand(), H);
  return H;
}

// Takes what was registered out of H, which ends.
Handler begin(void *Registered) {
  auto *H = static_cast<Handler *>(Registered);
  Handler Copy = *H;
  if (watching())
    syncAcquire(currentStrand(), H);
  syncForget(H, sizeof(*H));
  arenaDelete(H);
  return Copy;
}

void call(void *Registered) {
  Handler H = begin(Registered);
  H.Function(H.Arg);
}
void callWithStatus(int Status, void *Registered) {
  Handler H = begin(Registered);
  H.WithStatus(Status, H.Arg);
}

} // namespace

namespace heddle {

void beforeQuickExit() {
  if (watching())
    syncAcquire(currentStrand(), &kQuickExit);
}

} // namespace heddle

// atexit too: it is in the program, and calls this.
HEDDLE_EXPORT int __cxa_atexit(void (*Function)(void *), void *Arg,
                               void *Library) noexcept {
  Handler *H = registered(Function, nullptr, Arg);
  return H ? RealCxaAtexit(call, H, Library)
           : RealCxaAtexit(Function, Arg, Library);
}

HEDDLE_EXPORT int on_exit(void (*Function)(int, void *), void *Arg) noexcept {
  Handler *H = registered(nullptr, Function, Arg);
  return H ? RealOnExit(callWithStatus, H) : RealOnExit(Function, Arg);
}

HEDDLE_EXPORT int __cxa_at_quick_exit(void (*Function)(void *),
                                      void *Library) noexcept {
  if (watching())
    syncRelease(currentStrand(), &kQuickExit);
  return RealAtQuickExit(Function, Library);
}
