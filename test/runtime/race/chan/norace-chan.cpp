// What channels order: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <memory>
#include <string>
#include <thread>
#include <vector>

int Shared;

// A send happens before its receive completes.
NORACE(H3_sendBeforeRecv) {
  for (int Cap : {0, 1, 10}) {
    auto C = go::makeChan<int>(Cap);
    go::spawn([=] {
      Shared = 1;
      C.send(0);
    });
    C.recv();
    Shared = 2;
  }
}

// Without a buffer the receive begins before the send completes.
NORACE(H5_recvBeforeUnbufferedSend) {
  auto C = go::makeChan<int>(), Done = go::makeChan<int>();
  go::spawn([=] {
    C.send(0);
    Shared = 2;
    Done.send(1);
  });
  Shared = 1;
  C.recv();
  Done.recv();
}

// A close happens before a receive that finds the channel closed, in each form.
NORACE(H4_closeBeforeRecv) {
  for (int Cap : {0, 10}) {
    for (int Form = 0; Form < 4; ++Form) {
      auto C = go::makeChan<int>(Cap);
      go::spawn([=] {
        Shared = 1;
        C.close();
      });
      int V;
      bool Ok;
      if (Form == 0)
        C.recv();
      else if (Form == 1)
        use(C.recvOk().second);
      else if (Form == 2)
        for (int Each : C)
          use(Each);
      else
        while (!C.tryRecv(V, Ok))
          go::yield();
      Shared = 2;
    }
  }
}

// The k-th receive happens before the (k + cap)-th send completes.
NORACE(H6_recvMakesRoom) {
  auto C = go::makeChan<int>(2);
  C.send(1);
  C.send(2);
  inOrder(
      [&] {
        Shared = 1;
        C.recv();
      },
      [&] {
        C.send(3);
        Shared = 2;
      });
}

// A channel of one slot is a lock.
NORACE(channelAsMutex) {
  auto Lock = go::makeChan<go::Unit>(1);
  go::WaitGroup Wg;
  for (int I = 0; I < 8; ++I)
    Wg.go([&] {
      for (int J = 0; J < 50; ++J) {
        Lock.send({});
        ++Shared;
        Lock.recv();
      }
    });
  Wg.wait();
}

// The object travels by address; who receives it owns it.
NORACE(ownershipByPointer) {
  struct Item {
    int Value;
  };
  auto C = go::makeChan<Item *>();
  go::spawn([=] { C.send(new Item{1}); });
  Item *I = C.recv();
  I->Value = 2;
  delete I;
}
NORACE(ownershipByUniquePtr) {
  auto C = go::makeChan<std::unique_ptr<std::string>>(3);
  go::spawn([=] {
    for (int I = 0; I < 20; ++I)
      C.send(std::make_unique<std::string>(100, 'x'));
    C.close();
  });
  for (auto P : C)
    P->append("y");
}

// A job and the channel for its answer.
NORACE(taskAndReply) {
  struct Task {
    std::function<void()> Run;
    go::Chan<bool> Done;
  };
  auto Queue = go::makeChan<Task>();
  go::spawn([=] {
    for (Task T : Queue) {
      T.Run();
      T.Done.send(true);
    }
  });
  for (int I = 0; I < 5; ++I) {
    auto Done = go::makeChan<bool>(1);
    Queue.send({[=] { Shared += I; }, Done});
    Done.recv();
    use(Shared);
  }
  Queue.close();
}

// A full channel as a count of workers that are still at it.
NORACE(channelAsWaitGroup) {
  constexpr int N = 10;
  auto Room = go::makeChan<bool>(N / 2);
  std::vector<int> Data(N);
  for (int I = 0; I < N; ++I) {
    Room.send(true);
    go::spawn([&Data, Room, I] {
      Data[I] = 42;
      Room.recv();
    });
  }
  for (int I = 0; I < N / 2; ++I)
    Room.send(true);
  for (int V : Data)
    use(V);
}

// A sender that had to wait for room speaks to its receiver all the same.
NORACE(blockedSender) {
  auto C = go::makeChan<int *>(1);
  C.send(nullptr);
  int Local;
  go::WaitGroup Wg;
  Wg.go([&] {
    Local = 42;
    C.send(&Local);
  });
  for (int I = 0; I < 50; ++I)
    go::yield();
  C.recv();
  *C.recv() += 1;
  Wg.wait();
}

// Try forms that succeed are sends and receives.
NORACE(triesThatSucceed) {
  auto C = go::makeChan<int>(1);
  go::spawn([=] {
    Shared = 1;
    while (!C.trySend(1))
      go::yield();
  });
  while (!C.tryRecv())
    go::yield();
  Shared = 2;
}

// Stages hand a vector on, each changes it.
NORACE(pipeline) {
  auto First = go::makeChan<std::vector<int>>(), Last = First;
  for (int Stage = 0; Stage < 5; ++Stage) {
    auto Next = go::makeChan<std::vector<int>>(Stage % 2);
    go::spawn([In = Last, Next, Stage] {
      for (auto V : In) {
        V.push_back(Stage);
        Next.send(std::move(V));
      }
      Next.close();
    });
    Last = Next;
  }
  go::spawn([First] {
    for (int I = 0; I < 10; ++I)
      First.send({I});
    First.close();
  });
  for (auto V : Last)
    use(V.back());
}

// len, cap, send and receive may meet; copies of a handle count in secret.
NORACE(channelItself) {
  auto C = go::makeChan<int>(4);
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I) {
    Wg.go([C] {
      for (int J = 0; J < 50; ++J)
        C.send(int(C.len()));
    });
    Wg.go([C] {
      for (int J = 0; J < 50; ++J)
        use(C.recv() + C.cap());
    });
  }
  Wg.wait();
}

// A close that receivers may see at any time is no race with them.
NORACE(closeAmongReceivers) {
  auto C = go::makeChan<int>();
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&] { C.recv(); });
  C.close();
  Wg.wait();
}

// The last handle dies anywhere, with values that nobody read.
NORACE(unreadValues) {
  go::WaitGroup Wg;
  {
    auto C = go::makeChan<std::string>(8);
    for (int I = 0; I < 4; ++I)
      Wg.go([C] { C.send(std::string(50, 'v')); });
  }
  Wg.wait();
}

// A plain thread and a goroutine meet at one channel, both ways.
NORACE(C14_threadAndGoroutine) {
  auto Ping = go::makeChan<int>(), Pong = go::makeChan<int>(1);
  std::thread T([=] {
    for (int I = 0; I < 20; ++I) {
      ++Shared;
      Ping.send(I);
      Pong.recv();
    }
  });
  for (int I = 0; I < 20; ++I) {
    Ping.recv();
    ++Shared;
    Pong.send(I);
  }
  T.join();
}
