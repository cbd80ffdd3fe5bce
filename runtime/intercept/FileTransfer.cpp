// read, write, send, receive: what passes through a descriptor is written and
// read in the program's buffers, and is sent before it is received.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"

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

ssize_t filled(int Fd, const void *Buffer, ssize_t Size, uintptr_t Pc) {
  if (Size < 0)
    return Size;
  fileReady(Fd, Pc);
  if (watching())
    access(currentStrand(), Buffer, size_t(Size), true, Pc);
  return Size;
}

void emptied(int Fd, const void *Buffer, size_t Size, uintptr_t Pc) {
  if (watching())
    access(currentStrand(), Buffer, Size, false, Pc);
  fileSending(Fd, Pc);
}

void touchVector(const iovec *Vector, int Count, size_t Size, bool IsWrite,
                 uintptr_t Pc) {
  for (int I = 0; I < Count && Size && watching(); ++I) {
    size_t Part = Vector[I].iov_len < Size ? Vector[I].iov_len : Size;
    access(currentStrand(), Vector[I].iov_base, Part, IsWrite, Pc);
    Size -= Part;
  }
}

} // namespace

HEDDLE_EXPORT ssize_t read(int Fd, void *Buffer, size_t Size) {
  return filled(Fd, Buffer, RealRead(Fd, Buffer, Size), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t pread(int Fd, void *Buffer, size_t Size, off_t Offset) {
  return filled(Fd, Buffer, RealPread(Fd, Buffer, Size, Offset), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t readv(int Fd, const iovec *Vector, int Count) {
  ssize_t Size = RealReadv(Fd, Vector, Count);
  if (Size >= 0)
    fileReady(Fd, HEDDLE_CALLER);
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
    fileReady(Fd, HEDDLE_CALLER);
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
  fileSending(Fd, HEDDLE_CALLER);
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
  fileSending(Fd, HEDDLE_CALLER);
  return RealSendmsg(Fd, Message, Flags);
}
