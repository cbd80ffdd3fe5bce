// The function that a message queue runs sees what was done before mq_notify;
// what is done after it races.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=verbose %exits 0 %t | FileCheck %s --check-prefix=CLEAN
// RUN: %exits 66 %t late | FileCheck %s --check-prefix=RACE
// CLEAN: heddle: ok
// RACE: heddle: DATA RACE on 'Value'
// RACE: heddle: 1 problem

#include "../exact/Unseen.h"

#include <csignal>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string>
#include <unistd.h>

static int Value;
static volatile int Seen; // keeps the read of Value
static Unseen Told;

static void onMessage(sigval) {
  Seen = Value;
  Told.reach(1);
}

int main(int Count, char **) {
  std::string Name = "/heddle-" + std::to_string(getpid());
  mq_attr Attr{};
  Attr.mq_maxmsg = 1;
  Attr.mq_msgsize = 1;
  mqd_t Queue = mq_open(Name.c_str(), O_RDWR | O_CREAT, 0600, &Attr);
  if (Queue < 0)
    perror("mq_open");
  mq_unlink(Name.c_str());
  Value = 1;
  sigevent Event{};
  Event.sigev_notify = SIGEV_THREAD;
  Event.sigev_notify_function = onMessage;
  if (mq_notify(Queue, &Event))
    perror("mq_notify");
  if (Count > 1)
    Value = 2;
  mq_send(Queue, "", 1, 0);
  Told.await(1);
}
