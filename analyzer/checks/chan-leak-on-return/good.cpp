// The same programs mended, and idioms that look alike and are right.
#include <go/go.h>

#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;

std::string fetch(int Id);
bool failed(const std::string &Text);
void keep(go::Chan<int> C);

// Room for the one value: the send never waits.
std::string page(bool Draft) {
  auto Comments = go::makeChan<std::string>(1);
  go::spawn([=] { Comments.send("nice"); });
  if (Draft)
    return "not published";
  return "article, " + Comments.recv();
}

// The send gives up when the context is cancelled, which its owner does.
int firstAnswer() {
  auto Stop = go::withCancel(go::background());
  auto Answers = go::makeChan<int>();
  for (int Server = 0; Server < 10; ++Server)
    go::spawn([=, Ctx = go::Context(Stop)] {
      go::select(go::send(Answers, Server), go::recv(Ctx.done()));
    });
  return Answers.recv();
}

// Room for every value.
bool fetchAll(const std::vector<int> &Ids) {
  auto Results = go::makeChan<std::string>(Ids.size());
  for (int Id : Ids)
    go::spawn([=] { Results.send(fetch(Id)); });
  for (size_t I = 0; I < Ids.size(); ++I)
    if (failed(Results.recv()))
      return false;
  return true;
}

// As many receives as sends, on every way.
int sumAll(const std::vector<int> &Ids) {
  auto Results = go::makeChan<int>();
  for (int Id : Ids)
    go::spawn([=] { Results.send(Id); });
  int Sum = 0;
  for (size_t I = 0; I < Ids.size(); ++I)
    Sum += Results.recv();
  return Sum;
}

// The receiver always receives.
std::string always(bool Loud) {
  auto Done = go::makeChan<std::string>();
  go::spawn([=] { Done.send(fetch(1)); });
  std::string Text = Done.recv();
  if (Loud)
    return Text + "!";
  return Text;
}

// One condition decides on both sides.
int onDemand(const bool Parallel) {
  auto Done = go::makeChan<int>();
  if (Parallel)
    go::spawn([=] { Done.send(1); });
  int Own = 2;
  if (Parallel)
    Own += Done.recv();
  return Own;
}

// Closed by the producer, drained by range.
int drained(int Count) {
  auto Numbers = go::makeChan<int>();
  go::spawn([=] {
    for (int I = 0; I < Count; ++I)
      Numbers.send(I);
    Numbers.close();
  });
  int Sum = 0;
  for (int N : Numbers)
    Sum += N;
  return Sum;
}

// Producers are awaited, then the channel is closed for the consumer.
int fanIn(const std::vector<int> &Ids) {
  auto Out = go::makeChan<int>();
  go::WaitGroup Producers;
  for (int Id : Ids)
    Producers.go([=] { Out.send(Id); });
  go::spawn([=, &Producers] {
    Producers.wait();
    Out.close();
  });
  int Sum = 0;
  for (int N : Out)
    Sum += N;
  return Sum;
}

// A send that does not wait.
bool tryOnly() {
  auto News = go::makeChan<int>();
  go::spawn([=] { News.trySend(1); });
  int V = 0;
  return go::select(go::recv(News, V), go::otherwise) == 0;
}

// Others may receive: the channel is known to code that is not here.
void handedOut(bool Early) {
  auto Out = go::makeChan<int>();
  keep(Out);
  go::spawn([=] { Out.send(1); });
  if (Early)
    return;
  Out.recv();
}

// The caller receives.
go::RecvChan<int> later() {
  auto Out = go::makeChan<int>();
  go::spawn([=] { Out.send(1); });
  return Out;
}

// A channel of the caller, about whose readers nothing is known.
void produceInto(go::SendChan<int> Out, bool Early) {
  auto Ready = go::makeChan<bool>(1);
  go::spawn([=] {
    Out.send(1);
    Ready.send(true);
  });
  if (Early)
    return;
  Ready.recv();
}

// The generator is told on every way out.
int firstOver(int Limit) {
  auto Cancel = go::makeChan<bool>();
  auto Out = go::makeChan<int>();
  go::Defer Stop([=] { Cancel.close(); });
  go::spawn([=] {
    for (int I = 1;; ++I)
      if (go::select(go::send(Out, I), go::recv(Cancel)) == 1)
        return;
  });
  for (int N : Out)
    if (N > Limit)
      return N;
  return 0;
}

// A semaphore: every slot is given back.
void limited(const std::vector<int> &Ids) {
  auto Slots = go::makeChan<int>(2);
  go::WaitGroup All;
  for (int Id : Ids)
    All.go([=] {
      Slots.send(1);
      fetch(Id);
      Slots.recv();
    });
  All.wait();
}

// The value says that it was the last one.
void untilLast() {
  auto Lines = go::makeChan<std::string>();
  go::spawn([=] {
    for (int I = 0; I < 3; ++I)
      Lines.send(fetch(I));
    Lines.send("end");
  });
  while (Lines.recv() != "end")
    ;
}

// A reply channel inside one request at a time.
int ask() {
  auto Questions = go::makeChan<int>();
  auto Replies = go::makeChan<int>();
  go::spawn([=] {
    for (int Q : Questions)
      Replies.send(Q + 1);
  });
  int Sum = 0;
  for (int I = 0; I < 3; ++I) {
    Questions.send(I);
    Sum += Replies.recv();
  }
  Questions.close();
  return Sum;
}

void use(int Value);

// As much room as there are senders, however their number is written.
void roomForList() {
  auto C = go::makeChan<int>(2);
  go::WaitGroup Wg;
  for (int V : {1, 2})
    Wg.go([=] { C.send(V); });
  Wg.wait();
  C.close();
  for (int V : C)
    use(V);
}

void roomForVector() {
  std::vector<int> Values{1, 2, 3};
  auto C = go::makeChan<int>(3);
  go::WaitGroup Wg;
  for (int V : Values)
    Wg.go([=] { C.send(V); });
  Wg.wait();
}

void roomFromOne(int N) {
  auto C = go::makeChan<int>(N);
  go::WaitGroup Wg;
  for (int I = 1; I <= N; I += 1)
    Wg.go([=] { C.send(I); });
  Wg.wait();
}

void roomForOneMore(int N) {
  auto C = go::makeChan<int>(N + 1);
  go::WaitGroup Wg;
  for (int I = 0; I <= N; ++I)
    Wg.go([=] { C.send(I); });
  Wg.wait();
}

// Room that is computed, and rounds that are not counted.
void roomForTwoEach(int N) {
  auto C = go::makeChan<int>(2 * N);
  go::WaitGroup Wg;
  for (int I = 0; I < N; ++I)
    Wg.go([=] {
      C.send(I);
      C.send(-I);
    });
  Wg.wait();
}

void roomForCountdown() {
  auto C = go::makeChan<int>(3);
  go::WaitGroup Wg;
  for (int I = 3; I > 0; --I)
    Wg.go([=] { C.send(I); });
  Wg.wait();
}

// The reply channel travels inside a value that is sent.
struct Request {
  int Value;
  go::Chan<int> Reply;
};

void replyInsideRequest(int V) {
  auto Requests = go::makeChan<Request>();
  go::spawn([=] {
    for (Request R : Requests)
      R.Reply.send(R.Value);
  });
  auto Reply = go::makeChan<int>(1);
  Requests.send({V, Reply});
  Reply.recv();
  Requests.close();
}

// A second variable names the first channel, then others.
void stages() {
  auto First = go::makeChan<int>(), Last = First;
  for (int Stage = 0; Stage < 5; ++Stage) {
    auto Next = go::makeChan<int>();
    go::spawn([In = Last, Next] {
      for (int V : In)
        Next.send(V + 1);
      Next.close();
    });
    Last = Next;
  }
  go::spawn([First] {
    First.send(1);
    First.close();
  });
  for (int V : Last)
    use(V);
}

// The receiver knows the last value by its number.
void lastByNumber(int N) {
  auto Values = go::makeChan<int>(100), Done = go::makeChan<int>();
  go::spawn([=] {
    for (int V : Values)
      if (V == N - 1)
        Done.send(V);
  });
  for (int I = 0; I < N; ++I)
    Values.send(I);
  Done.recv();
  Values.close();
}
