// SingleFlight<K, V>: callers that ask for the same at once share one answer.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <string>
//
//   go::SingleFlight<std::string, int> Lookups;
//   int lookUp(const std::string &Host) {
//     return Lookups.call(Host, [&] { return int(Host.size()); }).Value;
//   }
//   int main() {
//     return go::main([] {
//       std::printf("%d\n", lookUp("example")); // prints 7
//     });
//   }
//
// The first caller for a key runs its function; those who ask for the same key
// before it has returned wait and get the same result. Nothing is kept after.
// What the function throws, its goexit too, is thrown to all that wait.
//
// Happens-before: the return of the function -> the return of every call that
// gets its result, and the receive of it from a channel.
#ifndef GO_SINGLEFLIGHT_H
#define GO_SINGLEFLIGHT_H

#include "go/Chan.h"
#include "go/Error.h"
#include "go/Mutex.h"
#include "go/Spawn.h"
#include "go/WaitGroup.h"
#include "go/detail/Caught.h"
#include "go/detail/Shared.h"

#include <mutex>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace go {

template <class K, class V> class SingleFlight {
public:
  struct Result {
    V Value{};
    Error Err;
    bool Shared = false; // others got it too
  };

  SingleFlight() = default;
  SingleFlight(const SingleFlight &) = delete;
  SingleFlight &operator=(const SingleFlight &) = delete;

  // Returns the result of Fn(), or of another caller's function for this key
  // that runs now. Fn returns a V, or a pair of a V and an Error.
  // Blocks: while the function runs.
  template <class F>
  GO_ROLE("single_flight")
  Result call(const K &Key, F &&Fn, Site At = Site::here()) {
    Flight Mine = join(Key, nullptr, At);
    if (Mine.Leads)
      run(Key, Mine, std::forward<F>(Fn));
    else
      Mine.Of->Landed.wait(At);
    return Mine.Of->result();
  }
  // The same without a wait: the channel gets the result.
  template <class F>
  GO_ROLE("single_flight")
  RecvChan<Result> callChan(const K &Key, F &&Fn, Site At = Site::here()) {
    auto Answer = makeChan<Result>(1, At);
    Flight Mine = join(Key, Answer, At);
    if (Mine.Leads)
      detail::spawnCall(
          nullptr, At,
          [this, Key, Mine,
           Call = std::decay_t<F>(std::forward<F>(Fn))]() mutable {
            run(Key, Mine, Call);
            Mine.Of->result(); // what was thrown goes on here
          });
    return Answer;
  }
  // Lets the next caller for Key run its function although one runs.
  void forget(const K &Key) {
    std::lock_guard Hold(Mu);
    Flights.erase(Key);
  }

private:
  // One run of a function. What it says is written before Landed is done.
  struct State {
    WaitGroup Landed;
    V Value{};
    Error Err;
    detail::Caught Thrown;
    bool Shared = false;
    int Others = 0;                     // guarded by Mu
    std::vector<Chan<Result>> Channels; // guarded by Mu until nobody joins

    Result result() const {
      if (Thrown)
        detail::throwCaught(Thrown);
      return Result{Value, Err, Shared};
    }
  };
  struct Flight {
    detail::Shared<State> Of;
    bool Leads;
  };

  Flight join(const K &Key, Chan<Result> Answer, Site At) {
    std::lock_guard Hold(Mu);
    auto Found = Flights.find(Key);
    bool Leads = Found == Flights.end();
    if (Leads) {
      Found = Flights.emplace(Key, detail::Shared<State>::make()).first;
      Found->second->Landed.add(1, At);
    } else {
      ++Found->second->Others;
    }
    if (Answer)
      Found->second->Channels.push_back(Answer);
    return Flight{Found->second, Leads};
  }

  template <class F> void run(const K &Key, const Flight &Mine, F &&Fn) {
    State &S = *Mine.Of;
    try {
      if constexpr (std::is_convertible_v<decltype(Fn()), V>)
        S.Value = Fn();
      else
        std::tie(S.Value, S.Err) = Fn();
    } catch (...) {
      S.Thrown = detail::takeCaught();
    }
    leave(Key, S);
    // Who has its answer may end this SingleFlight: only S is used from here.
    S.Landed.done();
    if (!S.Thrown)
      for (auto &C : S.Channels)
        C.send(Result{S.Value, S.Err, S.Shared});
  }

  // Nobody joins S any more.
  void leave(const K &Key, State &S) {
    std::lock_guard Hold(Mu);
    S.Shared = S.Others > 0;
    auto Found = Flights.find(Key);
    if (Found != Flights.end() && Found->second.get() == &S)
      Flights.erase(Found);
  }

  Mutex Mu;
  std::unordered_map<K, detail::Shared<State>> Flights; // guarded by Mu
};

} // namespace go
#endif
