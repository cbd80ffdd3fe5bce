// Descriptors as the interceptors of files share them.
#ifndef HEDDLE_INTERCEPT_FILES_H
#define HEDDLE_INTERCEPT_FILES_H

#include <cstdint>

namespace heddle {

// Fd, if not negative, begins with a clock of its own / as one that orders
// nothing. Returns Fd.
int fileOpened(int Fd, uintptr_t Pc);
int fileOpenedUnordered(int Fd, uintptr_t Pc);
// Both ends begin with one clock / Fd with that of all sockets that are no
// pair, which a descriptor from Listener acquires; unless the call failed.
int filePairOpened(int Result, const int *Ends, uintptr_t Pc);
int fileSocketOpened(int Fd, uintptr_t Pc);
int fileAccepted(int Listener, int Fd, uintptr_t Pc);
// New, if not negative, becomes another name of Old, in one step: it may be in
// use, and a thread that reads from it does not race. Returns New.
int fileReplaced(int Old, int New, uintptr_t Pc);
// What is released at Fd's clock is released at Epoll's from now on / Epoll has
// said what is ready.
void fileWatched(int Epoll, int Fd);
void filesPolled(int Epoll, uintptr_t Pc);
// New, if not negative, begins as another name of Old. Returns New.
int fileDuplicated(int Old, int New, uintptr_t Pc);
// Fd is used / written to / found ready by a poll / about to end.
void fileUsed(int Fd, uintptr_t Pc);
void fileSending(int Fd, uintptr_t Pc);
void fileReady(int Fd, uintptr_t Pc);
void fileClosing(int Fd, uintptr_t Pc);

// Where a descriptor was opened, and by whom.
struct FileOrigin {
  uint32_t Place; // 0: not seen
  bool IsGoroutine;
  uint64_t StrandId;
};
// Of the last one that had this number, closed or not. False if not known.
bool fileOrigin(int Fd, FileOrigin &Out);
// The descriptor whose slot contains Addr, or -1.
int fileOfSlot(uintptr_t Addr);

} // namespace heddle
#endif
