// What a select orders, and what it leaves alone: no case may be reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

using namespace std::chrono_literals;
int Shared;

// Both sides of a meeting are selects.
NORACE(bothSelect) {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  go::spawn([=] {
    Shared = 1;
    go::select(go::send(C, 1), go::recv(Never));
  });
  go::select(go::recv(C), go::recv(Never));
  Shared = 2;
}

// A select that waited is woken by a send, a receive, a close.
NORACE(wokenBySend) {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] {
    go::select(go::recv(C), go::recv(Never));
    Shared = 1;
  });
  for (int I = 0; I < 50; ++I)
    go::yield();
  Shared = 2;
  C.send(1);
  Wg.wait();
}
NORACE(wokenByReceive) {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  go::WaitGroup Wg;
  Wg.go([&] {
    Shared = 1;
    go::select(go::send(C, 1), go::recv(Never));
  });
  for (int I = 0; I < 50; ++I)
    go::yield();
  C.recv();
  Shared = 2;
  Wg.wait();
}
NORACE(wokenByClose) {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([&] {
      go::select(go::recv(C), go::recv(Never));
      use(Shared);
    });
  Shared = 2;
  C.close();
  Wg.wait();
}

// A send into a buffer and its receive.
NORACE(buffered) {
  auto C = go::makeChan<int>(10), Never = go::makeChan<int>();
  go::spawn([=] {
    Shared = 1;
    go::select(go::send(C, 1), go::recv(Never));
  });
  C.recv();
  Shared = 2;
}

// A channel of one slot as a lock that is taken and given back by selects.
NORACE(selectAsMutex) {
  auto Lock = go::makeChan<go::Unit>(1), Never = go::makeChan<go::Unit>();
  go::WaitGroup Wg;
  for (int I = 0; I < 6; ++I)
    Wg.go([&] {
      for (int J = 0; J < 30; ++J) {
        go::select(go::send(Lock, go::Unit()), go::recv(Never));
        ++Shared;
        go::select(go::recv(Lock), go::recv(Never));
      }
    });
  Wg.wait();
}

// Try forms in a loop, until one succeeds.
NORACE(otherwiseUntilReady) {
  auto C = go::makeChan<int>(1);
  go::spawn([=] {
    Shared = 1;
    while (go::select(go::send(C, 1), go::otherwise) != 0)
      go::yield();
  });
  while (go::select(go::recv(C), go::otherwise) != 0)
    go::yield();
  Shared = 2;
}

// A receive case that is not chosen does not touch its variable.
NORACE(variableOfLosingReceive) {
  auto Ready = go::makeChan<int>(1), Never = go::makeChan<int>();
  Ready.send(1);
  inOrder([&] { Shared = 1; },
          [&] { go::select(go::recv(Ready), go::recv(Never, Shared)); });
}

// A receive case takes the address of its variable only.
NORACE(otherwiseLeavesVariable) {
  auto C = go::makeChan<int>();
  inOrder([&] { Shared = 1; },
          [&] { go::select(go::recv(C, Shared), go::otherwise); });
}

// What was done before the timer was started is ordered before its firing.
NORACE(timeoutKnowsItsStart) {
  auto Never = go::makeChan<int>();
  Shared = 1;
  auto Fire = go::after(1ms);
  go::WaitGroup Wg;
  Wg.go([&] {
    go::select(go::recv(Never), go::recv(Fire));
    ++Shared;
  });
  Wg.wait();
}

// A list of cases that is made at run time.
NORACE(listOfCases) {
  std::vector<go::Chan<int>> Cs;
  int Values[5] = {};
  for (int I = 0; I < 5; ++I)
    Cs.push_back(go::makeChan<int>(I % 2));
  for (int I = 0; I < 5; ++I)
    go::spawn([&Values, C = Cs[I], I] {
      Values[I] = I;
      C.send(I);
    });
  for (int Round = 0; Round < 5; ++Round) {
    int Which;
    std::vector<go::Case> List;
    for (auto &C : Cs)
      List.emplace_back(go::recv(C, Which));
    go::select(List);
    ++Values[Which];
  }
}

// Workers, a queue and a channel that stops them.
NORACE(queueAndStop) {
  auto Queue = go::makeChan<int *>(), Stop = go::makeChan<int *>();
  int Data[20] = {};
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([&] {
      int *P;
      while (go::select(go::recv(Queue, P), go::recv(Stop)) == 0)
        ++*P;
    });
  for (int &D : Data)
    Queue.send(&D);
  Stop.close();
  Wg.wait();
  for (int D : Data)
    use(D);
}
