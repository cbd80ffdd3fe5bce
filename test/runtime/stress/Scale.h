// How large a stress test is: its first argument, 1 in the usual test run. At
// HEDDLE_STRESS=10 the tests have the sizes that their first lines promise.
#ifndef HEDDLE_TEST_STRESS_SCALE_H
#define HEDDLE_TEST_STRESS_SCALE_H

#include "../exact/Unseen.h"

#include <cstdio>
#include <cstdlib>

// Full, or a tenth of it at scale 1.
inline int scaled(char **Arguments, int Full) {
  int Scale = Arguments[1] ? std::atoi(Arguments[1]) : 1;
  return int(long(Full) * Scale / 10);
}

#endif
