// Counts that do not come out even and are not found.
#include <go/go.h>

bool work();

void twice() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    Group.done();
    Group.done(); // missed: wg-unbalanced
  });
  Group.wait();
}

void sometimes() {
  go::WaitGroup Group;
  Group.add(1);
  go::spawn([&] {
    if (work())
      Group.done(); // missed: wg-unbalanced
  });
  Group.wait();
}
