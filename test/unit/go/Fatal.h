// Checks of programs that end badly, each in a process of its own.
#ifndef HEDDLE_TEST_UNIT_GO_FATAL_H
#define HEDDLE_TEST_UNIT_GO_FATAL_H

#include "World.h"

#include <unistd.h>

// Checks that Body, as main, ends the process with code 2 and this text.
#define EXPECT_FATAL(Body, Text)                                               \
  EXPECT_EXIT(                                                                 \
      {                                                                        \
        alarm(20);                                                             \
        run(Body);                                                             \
        _exit(0);                                                              \
      },                                                                       \
      testing::ExitedWithCode(2), Text)

#endif
