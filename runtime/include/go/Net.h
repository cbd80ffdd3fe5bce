// Stream connections whose waits park the goroutine, not its worker.
//
//   #include <go/go.h>
//
//   int main() {
//     return go::main([] {
//       go::net::Listener L;
//       if (go::Error Err = go::net::listen("127.0.0.1:0", L))
//         go::panic(Err.message());
//       go::spawn([L] {
//         for (go::net::Conn C; !L.accept(C);)
//           go::spawn([C] {
//             char Bytes[4096];
//             for (go::net::Result R; (R = C.read(Bytes, sizeof(Bytes)));)
//               C.write(Bytes, R.Count);
//             C.close();
//           });
//       });
//       go::net::Conn C;
//       go::net::dial(L.address(), C);
//       C.write("ping", 4);
//       char Back[4];
//       C.read(Back, 4);
//       L.close(); // ends accept, and so the goroutine
//     });
//   }
//
// An address is HOST:PORT with a numeric host ("127.0.0.1:80", "[::1]:80",
// ":80" for all of IPv4; port 0: any) or "unix:PATH".
//
// To end an operation under way from elsewhere, close the handle or set its
// deadline to now: go::afterFunc(Ctx, [=] { C.setDeadline(go::now()); }) makes
// it obey a context. While a goroutine waits here the program is never taken
// for asleep. Under a policy that controls the run what comes from outside is
// not part of the schedule, and time is real while all others wait.
//
// Happens-before: none are promised; use channels within a process.
#ifndef GO_NET_H
#define GO_NET_H

#include "go/Error.h"
#include "go/Time.h"
#include "go/detail/Shared.h"

#include <cstddef>
#include <string>

namespace go::net {

// What read returns at the end of the stream.
inline constexpr ErrorConstant EndOfFile{&detail::EndOfFileError};
// What an operation on a closed handle returns.
inline constexpr ErrorConstant Closed{&detail::NetClosedError};
// What it returns when a deadline has passed.
inline constexpr ErrorConstant TimedOut{&detail::DeadlineExceededError};

// How many bytes were moved, and why not more.
struct Result {
  std::size_t Count = 0;
  Error Err;
  explicit operator bool() const { return !Err; }
};

namespace detail {
struct Socket;
} // namespace detail

// A cheap handle: a copy is the same socket, which is closed with the last one
// at the latest. Any goroutine or thread may use it, several at a time.
class GO_EXPORT Handle {
public:
  // Ends operations under way with Closed. Errors: Closed the second time.
  Error close() const;
  // From then on operations end with TimedOut, those under way too; Time() for
  // no deadline.
  void setDeadline(Time When) const;
  // HOST:PORT or unix:PATH of this end; "" if there is none.
  std::string address() const;

protected:
  go::detail::Shared<detail::Socket> S;
};

class GO_EXPORT Conn : public Handle {
public:
  // Reads at least one byte, at most Size. Blocks: until there is one, the end
  // of the stream, or the deadline.
  GO_ROLE("net_read")
  Result read(void *To, std::size_t Size, Site At = Site::here()) const;
  // Writes all Size bytes. Blocks: until the kernel has taken them.
  GO_ROLE("net_write")
  Result write(const void *From, std::size_t Size,
               Site At = Site::here()) const;
  // The peer reads the end of the stream; reading goes on.
  Error closeWrite() const;
  void setReadDeadline(Time When) const;
  void setWriteDeadline(Time When) const;
  std::string peerAddress() const;

private:
  friend class Listener;
  friend Error dial(const std::string &Address, Conn &Out, Site At);
};

class GO_EXPORT Listener : public Handle {
public:
  // Waits for a connection. Errors: Closed, TimedOut, or what the system says.
  GO_ROLE("net_accept")
  Error accept(Conn &Out, Site At = Site::here()) const;

private:
  friend Error listen(const std::string &Address, Listener &Out);
};

// Listens at Address. Errors: what the system says, with the address.
GO_EXPORT Error listen(const std::string &Address, Listener &Out);
// Connects to Address. Blocks: until that has succeeded or failed.
GO_ROLE("net_dial")
GO_EXPORT Error dial(const std::string &Address, Conn &Out,
                     Site At = Site::here());

} // namespace go::net
#endif
