// Chan<T> carries values between goroutines.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int main() {
//     return go::main([] {
//       auto In = go::makeChan<int>();     // unbuffered: a meeting
//       auto Out = go::makeChan<int>(10);  // holds up to 10 values
//       go::spawn([=] {
//         for (int V : In)                 // ends when In is closed
//           Out.send(V * V);
//         Out.close();
//       });
//       In.send(3);
//       In.close();
//       auto [V, Ok] = Out.recvOk();       // 9, true
//       std::printf("%d %d %d\n", V, Ok, Out.recv()); // then closed: 0
//     });
//   }
//
// A Chan is a handle: a copy is the same channel, comparison asks whether two
// are, and a default-constructed one is nil, on which send and recv block for
// ever. SendChan and RecvChan are the two directions; Chan converts to both.
//
// Thread safety: one channel may be used by any number of goroutines and plain
// threads; one handle variable is an ordinary variable.
//
// Happens-before: the k-th send -> the k-th receive completes; close -> a
// receive that finds it closed; the k-th receive -> the (k + cap)-th send
// completes, so that without a buffer a receive is ordered before the end of
// its send. len and cap order nothing.
#ifndef GO_CHAN_H
#define GO_CHAN_H

#include "go/detail/ChanCore.h"

#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace go {

template <class T> class Chan;
template <class T> class SendChan;
template <class T> class RecvChan;

namespace detail {

struct RecvEnd {};
template <class T> class RecvIterator;

template <class T> void sendValue(ChanCore *C, T V, Site At) {
  if constexpr (kIsWord<T>) {
    chanSendWord(C, toWord(V), At);
  } else {
    Wire<T> W = toWire<T>(std::move(V));
    chanSend(C, std::addressof(W), At);
  }
}
template <class T> bool trySendValue(ChanCore *C, T &V, Site At) {
  if constexpr (kIsWord<T>) {
    return chanTrySendWord(C, toWord(V), At);
  } else if constexpr (std::is_same_v<Wire<T>, T>) {
    return chanTrySend(C, std::addressof(V), At);
  } else {
    Wire<T> W = toWire<T>(std::move(V));
    bool Sent = chanTrySend(C, std::addressof(W), At);
    if (!Sent)
      V = std::move(*W);
    return Sent;
  }
}
template <class T> T recvValue(ChanCore *C, Site At) {
  Inbox<T> In;
  if (!In.receive(C, At))
    return T();
  return std::move(In.value());
}
template <class T> std::pair<T, bool> recvPair(ChanCore *C, Site At) {
  Inbox<T> In;
  if (!In.receive(C, At))
    return std::pair<T, bool>(T(), false);
  return std::pair<T, bool>(std::move(In.value()), true);
}
template <class T> std::optional<T> tryRecvValue(ChanCore *C, Site At) {
  Inbox<T> In;
  if (In.tryReceive(C, At) != TryResult::Done)
    return std::nullopt;
  return std::optional<T>(std::move(In.value()));
}
template <class T> bool tryRecvInto(ChanCore *C, T &V, bool &Ok, Site At) {
  Inbox<T> In;
  TryResult R = In.tryReceive(C, At);
  if (R == TryResult::NotReady)
    return false;
  Ok = R == TryResult::Done;
  if (Ok)
    V = std::move(In.value());
  else
    V = T();
  return true;
}

// The handle itself.
template <class T> class ChanBase {
  static_assert(!std::is_reference_v<T>, "a channel carries values");

public:
  using value_type = T;

  ChanBase() = default;
  // True unless nil.
  explicit operator bool() const { return Ref.get() != nullptr; }
  // How many values are buffered, and how many can be; 0 on nil. A snapshot.
  GO_ROLE("chan_len") std::ptrdiff_t len() const { return chanLen(Ref.get()); }
  std::ptrdiff_t cap() const { return chanCap(Ref.get()); }
  ChanCore *core() const { return Ref.get(); }

  template <class U> bool operator==(const ChanBase<U> &O) const {
    return core() == O.core();
  }
  template <class U> bool operator!=(const ChanBase<U> &O) const {
    return core() != O.core();
  }
  bool operator<(const ChanBase &O) const {
    return std::less<ChanCore *>()(core(), O.core());
  }

protected:
  explicit ChanBase(ChanRef R) noexcept : Ref(std::move(R)) {}
  ChanRef Ref;
};

} // namespace detail

// The sending direction.
template <class T> class SendChan : public detail::ChanBase<T> {
public:
  SendChan() = default;
  SendChan(std::nullptr_t) {}
  using detail::ChanBase<T>::core;

  // Sends V. Blocks: until a receiver takes it or the buffer has room; for ever
  // on nil. Errors: panics with "send on closed channel" if it is closed, also
  // while it blocks; V is then lost.
  GO_ROLE("chan_send") void send(T V, Site At = Site::here()) const {
    detail::sendValue<T>(core(), std::move(V), At);
  }
  // Sends V if that needs no wait and says whether it did; if not, an rvalue is
  // left as it was. Errors: as send.
  GO_ROLE("chan_try_send")
  bool trySend(const T &V, Site At = Site::here()) const {
    T Copy(V);
    return detail::trySendValue<T>(core(), Copy, At);
  }
  GO_ROLE("chan_try_send") bool trySend(T &&V, Site At = Site::here()) const {
    return detail::trySendValue<T>(core(), V, At);
  }
  // Closes the channel: receivers get what is buffered, then zero values.
  // Errors: panics with "close of closed channel" or "close of nil channel".
  GO_ROLE("chan_close") void close(Site At = Site::here()) const {
    detail::chanClose(core(), At);
  }

private:
  friend class Chan<T>;
  explicit SendChan(detail::ChanRef R) : detail::ChanBase<T>(std::move(R)) {}
};

// The receiving direction.
template <class T> class RecvChan : public detail::ChanBase<T> {
public:
  RecvChan() = default;
  RecvChan(std::nullptr_t) {}
  using detail::ChanBase<T>::core;
  // Takes over one count of Core.
  static RecvChan adopt(detail::ChanCore *Core) {
    return RecvChan(detail::ChanRef(Core));
  }

  // Receives a value; T{} if the channel is closed and drained. Blocks: until
  // there is a value or it is closed; for ever on nil.
  GO_ROLE("chan_recv") T recv(Site At = Site::here()) const {
    return detail::recvValue<T>(core(), At);
  }
  // The same, and whether a value came (false: closed and drained).
  GO_ROLE("chan_recv") std::pair<T, bool> recvOk(Site At = Site::here()) const {
    return detail::recvPair<T>(core(), At);
  }
  // Receives if that needs no wait. Returns nothing if there is no value, be
  // the channel closed or not.
  GO_ROLE("chan_try_recv")
  std::optional<T> tryRecv(Site At = Site::here()) const {
    return detail::tryRecvValue<T>(core(), At);
  }
  // The same as select(recv(c, V, Ok), otherwise): says whether the receive
  // happened; on a closed channel it does, with V = T{} and Ok = false.
  GO_ROLE("chan_try_recv")
  bool tryRecv(T &V, bool &Ok, Site At = Site::here()) const {
    return detail::tryRecvInto<T>(core(), V, Ok, At);
  }
  // Range-for receives until the channel is closed and drained; each value is
  // moved out, so that `for (auto V : C)` works for move-only types.
  GO_ROLE("chan_range")
  detail::RecvIterator<T> begin(Site At = Site::here()) const {
    return detail::RecvIterator<T>(core(), At);
  }
  detail::RecvEnd end() const { return {}; }

private:
  friend class Chan<T>;
  explicit RecvChan(detail::ChanRef R) : detail::ChanBase<T>(std::move(R)) {}
};

// Both directions. The operations are those of SendChan and RecvChan.
template <class T> class Chan : public detail::ChanBase<T> {
public:
  // Nil.
  Chan() = default;
  Chan(std::nullptr_t) {}
  // A new channel. Capacity: how many values it holds; 0 is unbuffered.
  // Errors: panics with "makechan: size out of range".
  template <class N, class = std::enable_if_t<std::is_integral_v<N>>>
  GO_ROLE("chan_make")
  explicit Chan(N Capacity, Site At = Site::here())
      : detail::ChanBase<T>(detail::ChanRef(
            detail::chanMake(detail::kOps<detail::Wire<T>>,
                             static_cast<std::ptrdiff_t>(Capacity), At))) {}
  using detail::ChanBase<T>::core;

  operator SendChan<T>() const & { return SendChan<T>(this->Ref); }
  operator RecvChan<T>() const & { return RecvChan<T>(this->Ref); }
  operator SendChan<T>() && { return SendChan<T>(std::move(this->Ref)); }
  operator RecvChan<T>() && { return RecvChan<T>(std::move(this->Ref)); }
  // The same as explicit words.
  SendChan<T> sender() const { return *this; }
  RecvChan<T> receiver() const { return *this; }

  GO_ROLE("chan_send") void send(T V, Site At = Site::here()) const {
    detail::sendValue<T>(core(), std::move(V), At);
  }
  GO_ROLE("chan_try_send")
  bool trySend(const T &V, Site At = Site::here()) const {
    T Copy(V);
    return detail::trySendValue<T>(core(), Copy, At);
  }
  GO_ROLE("chan_try_send") bool trySend(T &&V, Site At = Site::here()) const {
    return detail::trySendValue<T>(core(), V, At);
  }
  GO_ROLE("chan_close") void close(Site At = Site::here()) const {
    detail::chanClose(core(), At);
  }
  GO_ROLE("chan_recv") T recv(Site At = Site::here()) const {
    return detail::recvValue<T>(core(), At);
  }
  GO_ROLE("chan_recv") std::pair<T, bool> recvOk(Site At = Site::here()) const {
    return detail::recvPair<T>(core(), At);
  }
  GO_ROLE("chan_try_recv")
  std::optional<T> tryRecv(Site At = Site::here()) const {
    return detail::tryRecvValue<T>(core(), At);
  }
  GO_ROLE("chan_try_recv")
  bool tryRecv(T &V, bool &Ok, Site At = Site::here()) const {
    return detail::tryRecvInto<T>(core(), V, Ok, At);
  }
  GO_ROLE("chan_range")
  detail::RecvIterator<T> begin(Site At = Site::here()) const {
    return detail::RecvIterator<T>(core(), At);
  }
  detail::RecvEnd end() const { return {}; }
};

// Makes a channel that holds Capacity values; 0 is unbuffered. Errors: panics
// with "makechan: size out of range".
template <class T>
GO_ROLE("chan_make")
Chan<T> makeChan(std::ptrdiff_t Capacity = 0, Site At = Site::here()) {
  return Chan<T>(Capacity, At);
}

namespace detail {

// One pass over a channel until it is closed and drained.
template <class T> class RecvIterator {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = T *;
  using reference = T &&;

  RecvIterator(ChanCore *C, Site At) : At(At) {
    chanRetain(C);
    Ref = ChanRef(C);
    receive();
  }
  RecvIterator(const RecvIterator &) = delete;
  T &&operator*() { return std::move(In.value()); }
  RecvIterator &operator++() {
    In.clear();
    receive();
    return *this;
  }
  friend bool operator!=(const RecvIterator &I, RecvEnd) { return I.More; }
  friend bool operator==(const RecvIterator &I, RecvEnd) { return !I.More; }

private:
  void receive() { More = In.receive(Ref.get(), At); }

  ChanRef Ref;
  Site At;
  Inbox<T> In;
  bool More = false;
};

} // namespace detail
} // namespace go

template <class T> struct std::hash<go::Chan<T>> {
  std::size_t operator()(const go::Chan<T> &C) const noexcept {
    return std::hash<const void *>()(C.core());
  }
};
#endif
