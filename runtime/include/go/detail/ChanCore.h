// The type-erased channel behind Chan<T>: what the templates call.
//
// All of it is compiled into the library: the templates in user code only move
// values in and out, so that a detector that instruments user code sees the
// user's objects and not the library's own synchronisation.
#ifndef GO_DETAIL_CHANCORE_H
#define GO_DETAIL_CHANCORE_H

#include "go/detail/Base.h"

#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace go::detail {

struct ChanCore;

// How to handle an element in raw memory. Null functions: trivial.
struct ElementOps {
  std::size_t Size;
  std::size_t Align;                           // at most 64
  void (*Move)(void *To, void *From) noexcept; // constructs To; From lives on
  void (*Destroy)(void *At) noexcept;
};

enum class TryResult : unsigned char { NotReady, Closed, Done };

GO_EXPORT ChanCore *chanMake(const ElementOps &Ops, std::ptrdiff_t Capacity,
                             Site At);
GO_EXPORT void chanRetain(ChanCore *C) noexcept;  // C may be null
GO_EXPORT void chanRelease(ChanCore *C) noexcept; // C may be null
// From: the element, moved from. To: raw memory for it, or null to drop it;
// left raw if the result is false or not Done.
GO_EXPORT void chanSend(ChanCore *C, void *From, Site At);
GO_EXPORT bool chanRecv(ChanCore *C, void *To, Site At);
GO_EXPORT bool chanTrySend(ChanCore *C, void *From, Site At);
GO_EXPORT TryResult chanTryRecv(ChanCore *C, void *To, Site At);
GO_EXPORT void chanClose(ChanCore *C, Site At);
GO_EXPORT std::ptrdiff_t chanLen(const ChanCore *C) noexcept;
GO_EXPORT std::ptrdiff_t chanCap(const ChanCore *C) noexcept;

// The same for elements of at most a word that are trivial (kIsWord): they
// travel in registers, so that there is no memory for a detector to watch.
struct WordResult {
  std::uint64_t Word;
  TryResult Result;
};
GO_EXPORT void chanSendWord(ChanCore *C, std::uint64_t Word, Site At);
GO_EXPORT WordResult chanRecvWord(ChanCore *C, Site At);
GO_EXPORT bool chanTrySendWord(ChanCore *C, std::uint64_t Word, Site At);
GO_EXPORT WordResult chanTryRecvWord(ChanCore *C, Site At);

// A case of a select as two words: the channel with the kind in the bits that
// its alignment leaves free, and the element.
enum class CaseKind : unsigned char {
  Drop,       // receives a value that nobody wants
  RecvMemory, // the element as To above
  RecvWord,   // the element comes with the result
  SendMemory, // the element as From above
  SendWord,   // the element is the second word
  Otherwise   // no operation
};
inline std::uint64_t caseHead(CaseKind Kind, ChanCore *C) {
  return reinterpret_cast<std::uintptr_t>(C) | static_cast<unsigned>(Kind);
}
struct CaseWords {
  std::uint64_t Head, Element;
};
struct Selected {
  int Index;
  bool Ok; // a value was received
  std::uint64_t Word;
};
// Returns the case that happened; that of the kind Otherwise if no other was
// ready.
GO_EXPORT Selected selectCases(const CaseWords *Cases, int Count, Site At);
// The same; behind At come Count heads, then Count elements.
GO_EXPORT Selected selectWords(int Count, Site At, ...);

// What travels through the channel: T itself if moving it cannot throw, else a
// box, so that no exception can lose or duplicate a value half way. Also boxed:
// what is aligned to more than a slot.
template <class T>
using Wire = std::conditional_t<std::is_nothrow_move_constructible_v<T> &&
                                    std::is_nothrow_destructible_v<T> &&
                                    alignof(T) <= 64,
                                T, std::unique_ptr<T>>;

template <class T> Wire<T> toWire(T &&Value) {
  if constexpr (std::is_same_v<Wire<T>, T>)
    return std::move(Value);
  else
    return std::make_unique<T>(std::move(Value));
}
template <class T> T &fromWire(Wire<T> &W) {
  if constexpr (std::is_same_v<Wire<T>, T>)
    return W;
  else
    return *W;
}

template <class W> constexpr ElementOps makeOps() {
  ElementOps Ops{sizeof(W), alignof(W), nullptr, nullptr};
  if constexpr (!std::is_trivially_copyable_v<W>)
    Ops.Move = [](void *To, void *From) noexcept {
      ::new (To) W(std::move(*static_cast<W *>(From)));
    };
  if constexpr (!std::is_trivially_destructible_v<W>)
    Ops.Destroy = [](void *At) noexcept { static_cast<W *>(At)->~W(); };
  return Ops;
}
template <class W> inline constexpr ElementOps kOps = makeOps<W>();

template <class T>
inline constexpr bool kIsWord =
    std::is_same_v<Wire<T>, T> && std::is_trivially_copyable_v<T> &&
    std::is_trivially_destructible_v<T> && !std::is_const_v<T> &&
    !std::is_volatile_v<T> && sizeof(T) <= sizeof(std::uint64_t);

template <class T> std::uint64_t toWord(const T &Value) {
  std::uint64_t Word = 0;
  std::memcpy(&Word, std::addressof(Value), sizeof(T));
  return Word;
}

// One received element.
template <class T, bool IsWord = kIsWord<T>> class Inbox {
public:
  Inbox() noexcept {}
  Inbox(const Inbox &) = delete;
  Inbox &operator=(const Inbox &) = delete;
  ~Inbox() { clear(); }

  // Requires, for all that receive: there is no element.
  bool receive(ChanCore *C, Site At) { return Full = chanRecv(C, Bytes, At); }
  TryResult tryReceive(ChanCore *C, Site At) {
    TryResult R = chanTryRecv(C, Bytes, At);
    Full = R == TryResult::Done;
    return R;
  }
  CaseWords operation(ChanCore *C) {
    return {caseHead(CaseKind::RecvMemory, C),
            reinterpret_cast<std::uintptr_t>(Bytes)};
  }
  // The operation has happened.
  void take(std::uint64_t) { Full = true; }

  T &value() {
    return fromWire<T>(*std::launder(reinterpret_cast<Wire<T> *>(Bytes)));
  }
  void clear() {
    if (Full)
      std::launder(reinterpret_cast<Wire<T> *>(Bytes))->~Wire<T>();
    Full = false;
  }

private:
  alignas(Wire<T>) unsigned char Bytes[sizeof(Wire<T>)];
  bool Full = false;
};

template <class T> class Inbox<T, true> {
public:
  bool receive(ChanCore *C, Site At) {
    WordResult R = chanRecvWord(C, At);
    take(R.Word);
    return R.Result == TryResult::Done;
  }
  TryResult tryReceive(ChanCore *C, Site At) {
    WordResult R = chanTryRecvWord(C, At);
    take(R.Word);
    return R.Result;
  }
  CaseWords operation(ChanCore *C) {
    return {caseHead(CaseKind::RecvWord, C), 0};
  }
  void take(std::uint64_t Word) { std::memcpy(Bytes, &Word, sizeof(T)); }
  T &value() { return *std::launder(reinterpret_cast<T *>(Bytes)); }
  void clear() {}

private:
  alignas(T) unsigned char Bytes[sizeof(T)];
};

// Counted reference to a core; the counting is done in the library.
class ChanRef {
public:
  ChanRef() = default;
  explicit ChanRef(ChanCore *Adopted) noexcept : Core(Adopted) {}
  ChanRef(const ChanRef &O) noexcept : Core(O.Core) { chanRetain(Core); }
  ChanRef(ChanRef &&O) noexcept : Core(std::exchange(O.Core, nullptr)) {}
  ChanRef &operator=(ChanRef O) noexcept {
    std::swap(Core, O.Core);
    return *this;
  }
  ~ChanRef() { chanRelease(Core); }
  ChanCore *get() const noexcept { return Core; }

private:
  ChanCore *Core = nullptr;
};

} // namespace go::detail
#endif
