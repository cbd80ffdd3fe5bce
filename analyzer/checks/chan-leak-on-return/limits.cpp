// Leaks that the check does not find, each for a reason that its page gives.
#include <go/go.h>

#include <array>
#include <string>

std::string fetch(int Id);
int classify(const std::string &Text);

// Which value comes decides, and values are not followed.
void stopsAtAnything() {
  auto Lines = go::makeChan<std::string>();
  go::spawn([=] {
    for (;;)
      Lines.send(fetch(1)); // missed: chan-leak-on-return
  });
  while (classify(Lines.recv()) != 0)
    ;
}

// The handle lies in a container: which channel an index names is not known.
void inContainer(int Which, bool Early) {
  std::array<go::Chan<int>, 2> Both;
  Both[Which] = go::makeChan<int>();
  go::spawn([=] { Both[Which].send(1); }); // missed: chan-leak-on-return
  if (Early)
    return;
  Both[Which].recv();
}

// Nobody cancels this context, which is taken to be possible at any time.
void neverCancelled(go::Context Parent, bool Early) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    go::select(go::send(Out, 1), go::recv(Parent.done())); // missed: chan-leak-on-return
  });
  if (Early)
    return;
  Out.recv();
}

// The channel lies in an object that is copied into the task.
struct Watch {
  go::Chan<int> Result = go::makeChan<int>();
  void run() const { Result.send(1); } // missed: chan-leak-on-return
};
void memberChannels(bool Early) {
  Watch W;
  go::spawn([W] { W.run(); });
  if (Early)
    return;
  W.Result.recv();
}
