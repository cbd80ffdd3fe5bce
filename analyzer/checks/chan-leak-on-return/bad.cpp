// Goroutines that block for ever because the other side of a channel left.
#include <go/go.h>

#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;

std::string fetch(int Id);
bool failed(const std::string &Text);
bool loadComments(std::string &Out);

// The page may go out without the comments that it asked for.
std::string page(bool Draft) {
  auto Comments = go::makeChan<std::string>();
  go::spawn([=] {
    Comments.send("nice"); // bug: chan-leak-on-return
  });
  if (Draft)
    return "not published";
  return "article, " + Comments.recv();
}

// Ten are asked, one answer is taken. The others are past their select.
int firstAnswer() {
  auto Stop = go::withCancel(go::background());
  auto Answers = go::makeChan<int>();
  for (int Server = 0; Server < 10; ++Server)
    go::spawn([=, Ctx = go::Context(Stop)] {
      if (go::select(go::recv(Ctx.done()), go::after(1ms)) == 0)
        return;
      Answers.send(Server); // bug: chan-leak-on-return
    });
  return Answers.recv();
}

// The first failure ends the collecting; the rest have nobody to send to.
bool fetchAll(const std::vector<int> &Ids) {
  auto Results = go::makeChan<std::string>();
  for (int Id : Ids)
    go::spawn([=] {
      Results.send(fetch(Id)); // bug: chan-leak-on-return
    });
  for (size_t I = 0; I < Ids.size(); ++I)
    if (failed(Results.recv()))
      return false;
  return true;
}

// A time-out that wins leaves the worker with its answer.
bool withTimeLimit(std::string &Answer) {
  auto Done = go::makeChan<std::string>();
  go::spawn([=] {
    Done.send(fetch(1)); // bug: chan-leak-on-return
  });
  switch (go::select(go::recv(Done, Answer), go::after(10ms))) {
  case 0:
    return true;
  default:
    return false;
  }
}

// Room for one, one receive: the third of three blocks.
int fastestOfThree() {
  auto Out = go::makeChan<int>(1);
  for (int Server = 0; Server < 3; ++Server)
    go::spawn([=] {
      Out.send(Server); // bug: chan-leak-on-return
    });
  return Out.recv();
}

// The consumer never learns that the producer gave up: it was to close.
void consumeAll() {
  auto Items = go::makeChan<std::string>();
  go::spawn([=] {
    for (std::string Item : Items) // bug: chan-leak-on-return
      failed(Item);
  });
  std::string Text;
  if (!loadComments(Text))
    return;
  Items.send(Text);
  Items.close();
}

// Three senders, room for two, and nobody receives before all are done.
void roomForOneLess() {
  auto C = go::makeChan<int>(2);
  go::WaitGroup Wg;
  for (int V : {1, 2, 3})
    Wg.go([=] {
      C.send(V); // bug: chan-leak-on-return
    });
  Wg.wait();
}
