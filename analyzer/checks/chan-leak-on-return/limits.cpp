// Leaks that the check does not find, each for a reason that its page gives.
#include <go/go.h>

#include <map>
#include <string>

std::string fetch(int Id);
int classify(const std::string &Text);

// Which value comes decides, and values are not followed.
void stopsAtAnything() {
  auto Lines = go::makeChan<std::string>();
  go::spawn([=] {
    for (;;)
      Lines.send(fetch(1)); // missed: after the loop below nobody receives
  });
  while (classify(Lines.recv()) != 0)
    ;
}

// The handle lies in a container: which channel an index names is not known.
void inContainer(std::map<int, go::Chan<int>> &All, bool Early) {
  All[1] = go::makeChan<int>();
  go::spawn([&All] { All[1].send(1); }); // missed
  if (Early)
    return;
  All[1].recv();
}

// Nobody cancels this context, which is taken to be possible at any time.
void neverCancelled(go::Context Parent, bool Early) {
  auto Out = go::makeChan<int>();
  go::spawn([=] {
    go::select(go::send(Out, 1), go::recv(Parent.done())); // missed
  });
  if (Early)
    return;
  Out.recv();
}
