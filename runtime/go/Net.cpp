// Sockets over the scheduler's poller.
#include "go/Net.h"

#include "go/Waiter.h"
#include "sched/Poller.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace sched = heddle::sched;

namespace go::net {
namespace detail {

struct Socket {
  sched::Pollable *P;
  explicit Socket(sched::Pollable *P) : P(P) {}
  Socket(const Socket &) = delete;
  Socket &operator=(const Socket &) = delete;
  ~Socket() { sched::pollFree(P); }
};

} // namespace detail

namespace {

using sched::PollResult;
using sched::PollSide;
using SocketPtr = go::detail::Shared<detail::Socket>;

struct Address {
  sockaddr_storage Storage{};
  socklen_t Size = 0;
  sockaddr *get() { return reinterpret_cast<sockaddr *>(&Storage); }
};

Error systemError(const std::string &What, int Code) {
  return Error(What + ": " + strerrordesc_np(Code));
}

bool parseUnix(const std::string &Path, Address &Out) {
  auto *A = reinterpret_cast<sockaddr_un *>(&Out.Storage);
  if (Path.empty() || Path.size() >= sizeof(A->sun_path))
    return false;
  A->sun_family = AF_UNIX;
  memcpy(A->sun_path, Path.c_str(), Path.size() + 1);
  Out.Size = sizeof(*A);
  return true;
}

bool parseAddress(const std::string &Text, Address &Out) {
  if (Text.compare(0, 5, "unix:") == 0)
    return parseUnix(Text.substr(5), Out);
  size_t Colon = Text.rfind(':');
  if (Colon == std::string::npos)
    return false;
  uint16_t Port = 0;
  const char *End = Text.data() + Text.size();
  auto [At, Wrong] = std::from_chars(Text.data() + Colon + 1, End, Port);
  if (Wrong != std::errc() || At != End)
    return false;
  std::string Host = Text.substr(0, Colon);
  if (Host.size() > 2 && Host.front() == '[' && Host.back() == ']') {
    auto *A = reinterpret_cast<sockaddr_in6 *>(&Out.Storage);
    A->sin6_family = AF_INET6;
    A->sin6_port = htons(Port);
    Out.Size = sizeof(*A);
    Host = Host.substr(1, Host.size() - 2);
    return inet_pton(AF_INET6, Host.c_str(), &A->sin6_addr) == 1;
  }
  auto *A = reinterpret_cast<sockaddr_in *>(&Out.Storage);
  A->sin_family = AF_INET;
  A->sin_port = htons(Port);
  Out.Size = sizeof(*A);
  return Host.empty() || inet_pton(AF_INET, Host.c_str(), &A->sin_addr) == 1;
}

std::string formatAddress(Address &A) {
  char Host[INET6_ADDRSTRLEN] = "";
  if (A.Storage.ss_family == AF_UNIX)
    return std::string("unix:") +
           reinterpret_cast<sockaddr_un *>(&A.Storage)->sun_path;
  if (A.Storage.ss_family == AF_INET6) {
    auto *Six = reinterpret_cast<sockaddr_in6 *>(&A.Storage);
    inet_ntop(AF_INET6, &Six->sin6_addr, Host, sizeof(Host));
    return std::string("[") + Host +
           "]:" + std::to_string(ntohs(Six->sin6_port));
  }
  auto *Four = reinterpret_cast<sockaddr_in *>(&A.Storage);
  inet_ntop(AF_INET, &Four->sin_addr, Host, sizeof(Host));
  return std::string(Host) + ":" + std::to_string(ntohs(Four->sin_port));
}

// One operation on a socket: holds the descriptor open.
class Operation {
public:
  explicit Operation(const SocketPtr &S)
      : P(S ? S->P : nullptr), Fd(P ? sched::pollBegin(P) : -1) {}
  ~Operation() {
    if (Fd >= 0)
      sched::pollEnd(P);
  }
  Operation(const Operation &) = delete;
  Operation &operator=(const Operation &) = delete;
  int fd() const { return Fd; }

  // Waits for the side. None, or why the operation is over.
  Error wait(PollSide Side, Site At) {
    switch (sched::pollWait(P, Side, go::detail::toSite(At))) {
    case PollResult::Ready:
      return {};
    case PollResult::Closed:
      return Closed;
    case PollResult::TimedOut:
      return TimedOut;
    }
    return {};
  }

  // Calls Try() until it does not ask to wait: its result, or -1 and Out.
  template <class F>
  ssize_t repeat(PollSide Side, Site At, const char *What, Error &Out, F Try) {
    if (Fd < 0)
      return Out = Closed, -1;
    for (;;) {
      ssize_t N = Try(Fd);
      if (N >= 0)
        return N;
      if (errno == EINTR)
        continue;
      if (errno != EAGAIN)
        return Out = systemError(What, errno), -1;
      if ((Out = wait(Side, At)))
        return -1;
    }
  }

private:
  sched::Pollable *P;
  int Fd;
};

Error adopt(int Fd, SocketPtr &Out) {
  sched::Pollable *P = sched::pollOpen(Fd);
  if (!P) {
    Error Err = systemError("poll", errno);
    ::close(Fd);
    return Err;
  }
  Out = SocketPtr::make(P);
  return {};
}

// A socket for Address; -1 and Out if there is none.
int open(const std::string &Text, Address &A, Error &Out) {
  if (!parseAddress(Text, A)) {
    Out = Error("'" + Text +
                "' is no address; write HOST:PORT with a numeric "
                "host, or unix:PATH");
    return -1;
  }
  int Fd = socket(A.Storage.ss_family,
                  SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (Fd < 0)
    Out = systemError("socket", errno);
  return Fd;
}

// Small messages at once, as Go does; not for Unix sockets.
void disableDelay(int Fd) {
  int Yes = 1;
  setsockopt(Fd, IPPROTO_TCP, TCP_NODELAY, &Yes, sizeof(Yes));
}

int64_t toDeadline(Time When) {
  return When == Time() ? sched::kNever : When.time_since_epoch().count();
}

void setDeadlineOf(const SocketPtr &S, PollSide Side, Time When) {
  Operation Op(S);
  if (Op.fd() >= 0)
    sched::pollDeadline(S->P, Side, toDeadline(When));
}

// Waits for the end of connect; Code: how it ended, as in errno. A wait may end
// too early: then there is neither an error nor a peer.
Error awaitConnected(const SocketPtr &S, Site At, int &Code) {
  Operation Op(S);
  for (;;) {
    if (Error Err = Op.wait(PollSide::Write, At))
      return Err;
    sockaddr_storage Peer;
    socklen_t Size = sizeof(Code), PeerSize = sizeof(Peer);
    if (getsockopt(Op.fd(), SOL_SOCKET, SO_ERROR, &Code, &Size))
      Code = errno;
    if (Code ||
        !getpeername(Op.fd(), reinterpret_cast<sockaddr *>(&Peer), &PeerSize))
      return {};
  }
}

template <class F> std::string addressOf(const SocketPtr &S, F Ask) {
  Operation Op(S);
  Address A;
  A.Size = sizeof(A.Storage) - 1;
  if (Op.fd() < 0 || Ask(Op.fd(), A.get(), &A.Size))
    return "";
  return formatAddress(A);
}

} // namespace

Error Handle::close() const {
  return S && sched::pollClose(S->P) ? Error() : Error(Closed);
}
void Handle::setDeadline(Time When) const {
  setDeadlineOf(S, PollSide::Read, When);
  setDeadlineOf(S, PollSide::Write, When);
}
std::string Handle::address() const { return addressOf(S, getsockname); }
std::string Conn::peerAddress() const { return addressOf(S, getpeername); }
void Conn::setReadDeadline(Time When) const {
  setDeadlineOf(S, PollSide::Read, When);
}
void Conn::setWriteDeadline(Time When) const {
  setDeadlineOf(S, PollSide::Write, When);
}

Result Conn::read(void *To, size_t Size, Site At) const {
  Operation Op(S);
  Result R;
  ssize_t N = Op.repeat(PollSide::Read, At, "read", R.Err,
                        [&](int Fd) { return recv(Fd, To, Size, 0); });
  if (N > 0)
    R.Count = size_t(N);
  else if (N == 0 && Size)
    R.Err = EndOfFile;
  return R;
}

Result Conn::write(const void *From, size_t Size, Site At) const {
  Operation Op(S);
  Result R;
  while (R.Count < Size) {
    ssize_t N = Op.repeat(PollSide::Write, At, "write", R.Err, [&](int Fd) {
      return send(Fd, static_cast<const char *>(From) + R.Count, Size - R.Count,
                  MSG_NOSIGNAL);
    });
    if (N < 0)
      return R;
    R.Count += size_t(N);
  }
  if (Op.fd() < 0)
    R.Err = Closed;
  return R;
}

Error Conn::closeWrite() const {
  Operation Op(S);
  if (Op.fd() < 0)
    return Closed;
  return shutdown(Op.fd(), SHUT_WR) ? systemError("shutdown", errno) : Error();
}

Error Listener::accept(Conn &Out, Site At) const {
  Operation Op(S);
  Error Err;
  ssize_t Fd = Op.repeat(PollSide::Read, At, "accept", Err, [](int Own) {
    int Got = accept4(Own, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (Got < 0 && errno == ECONNABORTED) // its peer has given up
      errno = EINTR;
    return Got;
  });
  if (Fd < 0)
    return Err;
  disableDelay(int(Fd));
  return adopt(int(Fd), Out.S);
}

Error listen(const std::string &Address, Listener &Out) {
  Error Err;
  net::Address A;
  int Fd = open(Address, A, Err);
  if (Fd < 0)
    return Err;
  int Yes = 1;
  setsockopt(Fd, SOL_SOCKET, SO_REUSEADDR, &Yes, sizeof(Yes));
  if (bind(Fd, A.get(), A.Size) || ::listen(Fd, SOMAXCONN)) {
    Err = systemError("listen " + Address, errno);
    ::close(Fd);
    return Err;
  }
  return adopt(Fd, Out.S);
}

Error dial(const std::string &Address, Conn &Out, Site At) {
  Error Err;
  net::Address A;
  int Fd = open(Address, A, Err);
  if (Fd < 0)
    return Err;
  int Code = connect(Fd, A.get(), A.Size) ? errno : 0;
  SocketPtr S;
  if ((Err = adopt(Fd, S)))
    return Err;
  if (Code == EINPROGRESS && (Err = awaitConnected(S, At, Code)))
    return Err;
  if (Code)
    return systemError("dial " + Address, Code);
  disableDelay(Fd);
  Out.S = std::move(S);
  return {};
}

} // namespace go::net
