// boost::context::fiber over ucontext with its annotations for
// ThreadSanitizer switched on, as no distribution's library is built.
#ifndef HEDDLE_TEST_BOOSTCONTEXT_ANNOTATEDFIBER_H
#define HEDDLE_TEST_BOOSTCONTEXT_ANNOTATEDFIBER_H

#define BOOST_USE_UCONTEXT
#define BOOST_USE_TSAN
#include <boost/context/fiber.hpp>

namespace boost::context::detail {
inline fiber_activation_record *&fiber_activation_record::current() noexcept {
  static thread_local fiber_activation_record OfThread;
  static thread_local fiber_activation_record *Running = &OfThread;
  return Running;
}
} // namespace boost::context::detail

#endif
