// Pipes, sockets, copies of descriptors: where one begins, and the end of all.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace heddle;

namespace {

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

} // namespace

HEDDLE_EXPORT int close(int Fd) {
  fileClosing(Fd, HEDDLE_CALLER);
  return RealClose(Fd);
}

HEDDLE_EXPORT int pipe(int *Ends) noexcept {
  return filePairOpened(RealPipe(Ends), Ends, HEDDLE_CALLER);
}
HEDDLE_EXPORT int pipe2(int *Ends, int Flags) noexcept {
  return filePairOpened(RealPipe2(Ends, Flags), Ends, HEDDLE_CALLER);
}
HEDDLE_EXPORT int socketpair(int Domain, int Type, int Protocol,
                             int *Ends) noexcept {
  return filePairOpened(RealSocketpair(Domain, Type, Protocol, Ends), Ends,
                        HEDDLE_CALLER);
}
HEDDLE_EXPORT int socket(int Domain, int Type, int Protocol) noexcept {
  return fileSocketOpened(RealSocket(Domain, Type, Protocol), HEDDLE_CALLER);
}
HEDDLE_EXPORT int accept(int Listener, sockaddr *Peer, socklen_t *Size) {
  return fileAccepted(Listener, RealAccept(Listener, Peer, Size),
                      HEDDLE_CALLER);
}
HEDDLE_EXPORT int accept4(int Listener, sockaddr *Peer, socklen_t *Size,
                          int Flags) {
  return fileAccepted(Listener, RealAccept4(Listener, Peer, Size, Flags),
                      HEDDLE_CALLER);
}
HEDDLE_EXPORT int connect(int Fd, const sockaddr *Peer, socklen_t Size) {
  fileSending(Fd, HEDDLE_CALLER);
  return RealConnect(Fd, Peer, Size);
}

HEDDLE_EXPORT int dup(int Old) noexcept {
  return fileDuplicated(Old, RealDup(Old), HEDDLE_CALLER);
}
HEDDLE_EXPORT int dup2(int Old, int New) noexcept {
  return fileReplaced(Old, RealDup2(Old, New), HEDDLE_CALLER);
}
HEDDLE_EXPORT int dup3(int Old, int New, int Flags) noexcept {
  return fileReplaced(Old, RealDup3(Old, New, Flags), HEDDLE_CALLER);
}
HEDDLE_EXPORT int eventfd(unsigned Value, int Flags) noexcept {
  return fileOpened(RealEventfd(Value, Flags), HEDDLE_CALLER);
}
