// This process and its helpers, as the operating system sees them.
//
// Thread safety: all functions may be called on any thread at any time.
#ifndef HEDDLE_PLATFORM_PROCESS_H
#define HEDDLE_PLATFORM_PROCESS_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Starts Argv[0] (an absolute path) with both its standard streams on one
// socket, and returns our end, or -1. The helper ends when the socket closes;
// it is no child of this process, so the program's wait() never sees it.
// Requires: one call at a time.
int spawnHelper(const char *const *Argv);

// Writes / reads on a helper's socket; no signal if it is gone. Returns false
// at the end of the stream, or after Seconds without progress.
bool sendAll(int Fd, const char *Data, size_t Size);
// Stores at most Max bytes and returns how many; 0 = gone or too slow.
size_t receiveSome(int Fd, char *Data, size_t Max, int Seconds);

// Writes all of it, whatever else happens; errors are ignored.
void writeAll(int Fd, const char *Data, size_t Size);
void closeFd(int Fd);

// Path of the running program; returns its length, 0 on failure.
size_t programPath(char *Out, size_t Max);
// True if the program has more rights than the user who started it.
bool isPrivileged();
// The environment variable, or null: what the caller of a privileged program
// says in there counts for nothing.
const char *environmentVariable(const char *Name);
// The threads of this process but for the calling one.
struct Sleepers {
  size_t Count = 0;
  uint64_t Fingerprint = 0; // of how often each has been awake
};
// Returns false if another thread of this process runs, waits for a processor
// or cannot be read. Two equal results enclose a moment at which all of them
// slept.
bool othersSleep(Sleepers &Out);
// True if a signal that another process or a timer can send is caught by a
// handler of the program; Own: mask of signals that do not count.
bool hasSignalHandlers(uint64_t Own);
// The mapping that contains Addr. False if there is none.
struct Mapping {
  uintptr_t Begin, End;
  bool Shared;
};
bool findMapping(uintptr_t Addr, Mapping &Out);

// Ends the process at once, past every interceptor and handler.
[[noreturn]] void endProcess(int Code);

} // namespace heddle
#endif
