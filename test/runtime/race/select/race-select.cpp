// What a select does not order: each case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

int Shared, Other;

// The default case knows nothing of anybody.
RACE(U9_otherwiseOrdersNothing, "'Shared'") {
  auto C = go::makeChan<int>();
  inOrder(
      [&] {
        go::select(go::send(C, 1), go::otherwise);
        Shared = 1; // races
      },
      [&] {
        go::select(go::recv(C), go::otherwise);
        Shared = 2; // races
      });
}

// Both may be chosen, one is: the losing case gives no edge.
RACE(U9_losingCase, "'Other'") {
  auto Won = go::makeChan<int>(1), Lost = go::makeChan<int>();
  Won.send(1);
  inOrder(
      [&] {
        Other = 1; // races
        go::select(go::send(Lost, 1), go::otherwise);
      },
      [&] {
        go::select(go::recv(Won), go::recv(Lost));
        Other = 2; // races
      });
}

// A case that waited beside the chosen one, and was closed later.
RACE(closedAfterTheChoice, "'Other'") {
  auto Won = go::makeChan<int>(), Lost = go::makeChan<int>();
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    go::select(go::recv(Won), go::recv(Lost));
    await(Time, 1);
    Other = 2; // races
  });
  Won.send(1);
  Other = 1; // races
  Lost.close();
  Time.reach(1);
  Wg.wait();
}

// Two senders that one receiver serves are not ordered with each other.
RACE(twoSenders, "'Shared'") {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    C.recv();
    C.recv();
  });
  Wg.go([&] {
    go::select(go::send(C, 1), go::send(Never, 1));
    Shared = 1; // races
    Time.reach(1);
  });
  go::select(go::send(C, 1), go::send(Never, 1));
  await(Time, 1);
  Shared = 2; // races
  Wg.wait();
}

// A write before the receive on the one side, after the close on the other.
RACE(afterTheClose, "'Shared'") {
  auto C = go::makeChan<int>(), Never = go::makeChan<int>();
  C.close();
  inOrder(
      [&] {
        Shared = 1; // races
        go::select(go::recv(C), go::recv(Never));
      },
      [&] { Shared = 2; }); // races
}

// The value of a send case is read even if another case is chosen.
RACE(valueOfLosingSend, "'Shared'") {
  auto Ready = go::makeChan<int>(1), Never = go::makeChan<int>();
  Ready.send(1);
  inOrder([&] { Shared = 1; }, // races
          [&] {
            go::select(go::recv(Ready), go::send(Never, Shared)); // races
          });
}

// The chosen receive writes its variable.
RACE(variableOfChosenReceive, "'Shared'") {
  auto C = go::makeChan<int>(1), Never = go::makeChan<int>();
  C.send(1);
  inOrder([&] { use(Shared); }, // races
          [&] {
            go::select(go::recv(C, Shared), go::recv(Never)); // races
          });
}

// So does its flag.
bool Flag;
RACE(flagOfChosenReceive, "'Flag'") {
  auto C = go::makeChan<int>(1);
  C.close();
  inOrder([&] { use(Flag); }, // races
          [&] {
            int V;
            go::select(go::recv(C, V, Flag)); // races
          });
}

// A value sent by one select races with the variable another receives into.
RACE(sentAndReceivedInto, "'Shared'") {
  auto Out = go::makeChan<int>(1), In = go::makeChan<int>(1);
  auto Never = go::makeChan<int>();
  In.send(1);
  inOrder([&] { go::select(go::send(Out, Shared), go::recv(Never)); }, // races
          [&] { go::select(go::recv(In, Shared), go::recv(Never)); }); // races
}

// A timeout orders the timer's start, not what happened meanwhile.
RACE(afterTimeout, "'Shared'") {
  auto C = go::makeChan<int>();
  inOrder([&] { Shared = 1; }, // races
          [&] {
            using namespace std::chrono_literals;
            go::select(go::recv(C), go::after(1ms));
            Shared = 2; // races
          });
}

// A select with a list of cases that is made at run time.
RACE(listOfCases, "'Shared'") {
  std::vector<go::Chan<int>> Cs;
  for (int I = 0; I < 4; ++I)
    Cs.push_back(go::makeChan<int>(1));
  inOrder(
      [&] {
        Cs[2].send(1);
        Shared = 1; // races
      },
      [&] {
        std::vector<go::Case> List;
        for (auto &C : Cs)
          List.emplace_back(go::recv(C));
        go::select(List);
        Shared = 2; // races
      });
}

// The same channel twice: the one that sends and the one that receives.
RACE(afterServingBoth, "'Shared'") {
  auto C = go::makeChan<int>();
  go::WaitGroup Wg;
  Unseen Time;
  Wg.go([&] {
    int V;
    go::select(go::send(C, 1), go::recv(C, V));
    Shared = 1; // races
    Time.reach(1);
  });
  int V;
  go::select(go::recv(C, V), go::send(C, 1));
  await(Time, 1);
  Shared = 2; // races
  Wg.wait();
}
