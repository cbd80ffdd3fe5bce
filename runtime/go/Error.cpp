// Errors are counted; those with names live for ever.
#include "go/Error.h"

#include <atomic>

namespace go {
namespace detail {

struct ErrorRep {
  std::atomic<long> Count{1};
  const char *Text;     // of a literal, or
  std::string *OwnText; // null for those with names
  bool IsTimeout = false;
};

constinit ErrorRep CanceledError{{1}, "context canceled", nullptr};
constinit ErrorRep DeadlineExceededError{
    {1}, "context deadline exceeded", nullptr, true};
constinit ErrorRep EndOfFileError{{1}, "EOF", nullptr};
constinit ErrorRep NetClosedError{
    {1}, "use of closed network connection", nullptr};

void errorRetain(ErrorRep *E) noexcept {
  if (E->OwnText)
    E->Count.fetch_add(1, std::memory_order_relaxed);
}

void errorRelease(ErrorRep *E) noexcept {
  // Ordering: acq_rel; the last one sees all that the others did.
  if (!E->OwnText || E->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  delete E->OwnText;
  delete E;
}

} // namespace detail

Error::Error(std::string Message)
    : Rep(new detail::ErrorRep{
          {1}, nullptr, new std::string(std::move(Message))}) {
  Rep->Text = Rep->OwnText->c_str();
}

bool Error::timeout() const noexcept { return Rep && Rep->IsTimeout; }

const char *Error::message() const noexcept { return Rep ? Rep->Text : ""; }

} // namespace go
