// What channels do not order, although every run looks as if they did: each
// case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

int Shared, Other;

// A send into a free slot does not wait for its receive.
RACE(sendIntoBuffer, "'Shared'") {
  auto C = go::makeChan<int>(10);
  inOrder(
      [&] {
        C.send(0);
        Shared = 1; // races
      },
      [&] {
        C.recv();
        Shared = 2; // races
      });
}

// A meeting orders what is before it, not what both do after it.
RACE(afterTheMeeting, "'Shared'") {
  auto C = go::makeChan<int>();
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    C.send(1);
    Shared = 1; // races
    Time.reach(1);
  });
  C.recv();
  await(Time, 1);
  Shared = 2; // races
  Wg.wait();
}

// len tells that a value was sent, and orders nothing.
RACE(U5_sendSeenByLen, "'Shared'") {
  auto C = go::makeChan<int>(10);
  inOrder(
      [&] {
        Shared = 1; // races
        C.send(1);
      },
      [&] {
        while (C.len() == 0)
          go::yield();
        Shared = 2; // races
      });
}

// Nor does it when it tells that a value was received.
RACE(U5_recvSeenByLen, "'Shared'") {
  auto C = go::makeChan<int>(10);
  C.send(1);
  inOrder(
      [&] {
        Shared = 1; // races
        C.recv();
      },
      [&] {
        while (C.len() != 0)
          go::yield();
        Shared = 2; // races
      });
}

// A channel of two slots as a lock lets two in.
RACE(U6_semaphoreOfTwo, "'Shared'") {
  auto C = go::makeChan<int>(2);
  inOrder(
      [&] {
        C.send(1);
        Shared = 1; // races
        C.recv();
      },
      [&] {
        C.send(1);
        Shared = 2; // races
        C.recv();
      });
}

// The same with values without a size, which share no memory to look at.
RACE(C18_U6_semaphoreOfTwoUnits, "'Shared'") {
  auto C = go::makeChan<go::Unit>(2);
  inOrder(
      [&] {
        C.send({});
        Shared = 1; // races
        C.recv();
      },
      [&] {
        C.send({});
        Shared = 2; // races
        C.recv();
      });
}

// A send that did not happen, as there was no room, orders nothing.
RACE(trySendOnFull, "'Shared'") {
  auto C = go::makeChan<int>(1);
  C.send(1);
  inOrder(
      [&] {
        Shared = 1; // races
        use(C.trySend(2));
      },
      [&] {
        use(C.trySend(3));
        Shared = 2; // races
      });
}

// A receive that did not happen, as there was no value, neither.
RACE(tryRecvOnEmpty, "'Shared'") {
  auto C = go::makeChan<int>(1);
  inOrder(
      [&] {
        Shared = 1; // races
        use(C.tryRecv().has_value());
      },
      [&] {
        use(C.tryRecv().has_value());
        Shared = 2; // races
      });
}

// The value of one sender says nothing about another's variable.
RACE(wrongSender, "'Other'") {
  auto C = go::makeChan<int>(2);
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    Shared = 1;
    C.send(1);
    Time.reach(1);
  });
  Wg.go([&] {
    await(Time, 1);
    Other = 1; // races
    C.send(2);
    Time.reach(2);
  });
  await(Time, 2);
  if (C.recv() == 1)
    Shared = 2;
  Other = 2; // races
  Wg.wait();
}

// A receiver that takes the buffered value knows nothing of the later close.
RACE(valueBeforeClose, "'Other'") {
  auto C = go::makeChan<int>(1);
  inOrder(
      [&] {
        C.send(1);
        Other = 1; // races
        C.close();
      },
      [&] {
        use(C.recvOk().second);
        Other = 2; // races
      });
}

// Two receivers that one close wakes are not ordered with each other.
RACE(wokenByOneClose, "'Shared'") {
  auto C = go::makeChan<int>();
  C.close();
  inOrder(
      [&] {
        C.recv();
        Shared = 1; // races
      },
      [&] {
        C.recv();
        Shared = 2; // races
      });
}

// Nor are two that parked before it.
RACE(parkedBeforeClose, "'Shared'") {
  auto C = go::makeChan<int>();
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    C.recv();
    Shared = 1; // races
    Time.reach(1);
  });
  Wg.go([&] {
    C.recv();
    await(Time, 1);
    Shared = 2; // races
  });
  for (int I = 0; I < 50; ++I)
    go::yield();
  C.close();
  Wg.wait();
}

// The range ends with the close, the worker's last word comes after it.
RACE(afterTheRange, "'Shared'") {
  auto C = go::makeChan<int>(4);
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    int Sum = 0;
    for (int V : C)
      Sum += V;
    Shared = Sum; // races
    Time.reach(1);
  });
  C.send(1);
  C.close();
  await(Time, 1);
  use(Shared); // races
  Wg.wait();
}

// The buffer is sent by address and filled again: the receiver still reads.
RACE(bufferReused, "'Shared'") {
  auto C = go::makeChan<int *>(1);
  inOrder(
      [&] {
        Shared = 1;
        C.send(&Shared);
        Shared = 2; // races
      },
      [&] {
        use(*C.recv()); // races
      });
}
