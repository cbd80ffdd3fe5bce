// Races of channel operations with each other, with the variable that holds the
// channel, and of the values' variables.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

int Shared;
go::Chan<int> Link;

// Send, then close by somebody who does not know that it was the last one.
RACE(Y1_sendThenClose, "a heap block") {
  auto C = go::makeChan<int>(10);
  inOrder([&] { C.send(0); },  // races
          [&] { C.close(); }); // races
}

// The same with a send that a select chose.
RACE(Y1_selectSendThenClose, "a heap block") {
  auto C = go::makeChan<int>(1), Never = go::makeChan<int>();
  inOrder([&] { go::select(go::send(C, 1), go::recv(Never)); }, // races
          [&] { C.close(); });                                  // races
}

// The same with a send that needs no wait.
RACE(Y1_trySendThenClose, "a heap block") {
  auto C = go::makeChan<int>(1);
  inOrder([&] { use(C.trySend(1)); }, // races
          [&] { C.close(); });        // races
}

// Two directions of one channel are one channel.
RACE(sendThenCloseByDirection, "a heap block") {
  auto C = go::makeChan<int>(1);
  inOrder([S = go::SendChan<int>(C)] { S.send(1); },  // races
          [S = go::SendChan<int>(C)] { S.close(); }); // races
}

// A channel variable is a variable: send against a new channel.
RACE(Y4_variableSend, "'Link'") {
  Link = go::makeChan<int>(10);
  inOrder([] { Link.send(0); },                  // races
          [] { Link = go::makeChan<int>(20); }); // races
}
RACE(Y4_variableRecv, "'Link'") {
  Link = go::makeChan<int>(10);
  Link.send(1);
  inOrder([] { Link.recv(); },                   // races
          [] { Link = go::makeChan<int>(20); }); // races
}
RACE(Y4_variableNil, "'Link'") {
  Link = go::makeChan<int>(10);
  inOrder([] { Link.send(0); },    // races
          [] { Link = nullptr; }); // races
}
RACE(Y4_variableClose, "'Link'") {
  Link = go::makeChan<int>();
  inOrder([] { Link.close(); },                // races
          [] { Link = go::makeChan<int>(); }); // races
}
RACE(Y4_variableLen, "'Link'") {
  Link = go::makeChan<int>();
  inOrder([] { use(Link.len()); },             // races
          [] { Link = go::makeChan<int>(); }); // races
}
RACE(variableCap, "'Link'") {
  Link = go::makeChan<int>();
  inOrder([] { use(Link.cap()); },             // races
          [] { Link = go::makeChan<int>(); }); // races
}
RACE(Y4_variableSelect, "'Link'") {
  Link = go::makeChan<int>(1);
  inOrder([] { go::select(go::send(Link, 1), go::otherwise); }, // races
          [] { Link = go::makeChan<int>(); });                  // races
}
RACE(variableRange, "'Link'") {
  Link = go::makeChan<int>(1);
  Link.close();
  inOrder(
      [] {
        for (int V : Link) // races
          use(V);
      },
      [] { Link = go::makeChan<int>(); }); // races
}

// The sent value is read from its variable, the received one written to it.
RACE(sentAndReceivedInto, "'Shared'") {
  auto Out = go::makeChan<int>(10), In = go::makeChan<int>(10);
  In.send(10);
  inOrder([&] { Out.send(Shared); },    // races
          [&] { Shared = In.recv(); }); // races
}

// The same where both meet a partner.
RACE(sentAndReceivedIntoUnbuffered, "'Shared'") {
  auto Out = go::makeChan<int>(), In = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] { Out.recv(); });
  Wg.go([&] { In.send(10); });
  inOrder([&] { Out.send(Shared); },    // races
          [&] { Shared = In.recv(); }); // races
  Wg.wait();
}

// Copying a struct into the channel reads all its fields.
struct Message {
  int Id, Text[12];
} Mail;
RACE(fieldOfSentStruct, "'Mail'") {
  auto C = go::makeChan<Message>(1);
  inOrder([&] { C.send(Mail); },      // races
          [&] { Mail.Text[9] = 1; }); // races
}

// A closure that is sent runs in the receiver and touches the sender's data.
RACE(sentClosure, "'Shared'") {
  auto C = go::makeChan<std::function<void()>>(1);
  C.send([] { Shared = 1; });                        // races
  inOrder([&] { C.recv()(); }, [&] { Shared = 2; }); // races
}
