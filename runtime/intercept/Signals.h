// Signals as the families share them. See docs/decisions/0090.
#ifndef HEDDLE_INTERCEPT_SIGNALS_H
#define HEDDLE_INTERCEPT_SIGNALS_H

#include <cstdint>
#include <signal.h>

namespace heddle {

inline constexpr int kSignals = 65; // numbered from 1

// A handler that takes what the kernel hands to every handler on x86-64.
using SignalHandler = void (*)(int, siginfo_t *, void *);

// What the program has set for Signal; null if it has no handler. Once tells
// that the handler is used up by its first call (SA_RESETHAND); then the
// default is in force when this returns.
SignalHandler handlerToCall(int Signal);
// True if there is no handler but ours, and the default ends the process.
bool endsProcess(int Signal);
// The clock that orders what is known at the sending of a signal, and at the
// setting of its handler, before the handler.
const void *signalClock(int Signal);

// Sets what the kernel does, past what the program knows of.
int setKernelAction(int Signal, const struct sigaction *New);
// Around fork.
void lockSignalActions();
void unlockSignalActions();

// What the kernel calls for every signal that the program handles.
void onSignal(int Signal, siginfo_t *Info, void *Context);
// Lets the signals that were put off reach the calling thread now, those that
// it does not block; the others become pending in the kernel.
// Requires: the caller is an interceptor that has not yet begun its work.
void deliverDeferred();
// The calling thread is about to end: what was put off runs now, and nothing is
// put off from now on.
void deliverAtThreadEnd();
// The child of fork: what was put off belongs to the parent.
void forgetDeferred();

// The calling thread sends Signal to itself from now on, 0 for none. Returns
// what it sent before.
int setRaising(int Signal);

} // namespace heddle
#endif
