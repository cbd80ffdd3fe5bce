// The report of locks that are taken in orders that could deadlock.
#include "detect/Options.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"
#include "report/TsanText.h"

#include <algorithm>

namespace heddle {
namespace {

// The locks of a cycle, each named where its holder took it; with the address
// if another has the same name.
std::vector<std::string> heldNames(const LockOrderReport &R) {
  std::vector<std::string> Plain, Names;
  for (size_t I = 0; I < R.Count; ++I) {
    const Frames At = symbolize(R.Steps[I].HeldAt);
    Plain.push_back(lockName(R.Steps[I].Held, userFrame(At)));
  }
  for (size_t I = 0; I < R.Count; ++I) {
    bool Unique = std::count(Plain.begin(), Plain.end(), Plain[I]) == 1;
    Names.push_back(Unique ? Plain[I]
                           : Plain[I] + format(" (%p)", R.Steps[I].Held));
  }
  return Names;
}

std::string since(StackRef Stack) {
  const Frames At = symbolize(Stack);
  const Frame *User = userFrame(At);
  return User ? " since " + placeText(*User) : "";
}

std::string cycleText(const std::vector<std::string> &Names) {
  std::string Text = "  Cycle: ";
  for (const std::string &Name : Names)
    Text += Name + " -> ";
  return Text + Names[0] + "\n";
}

} // namespace

void reportLockOrder(const LockOrderReport &R) {
  Finding F;
  F.Kind = "lock-order";
  const std::vector<std::string> Names = heldNames(R);
  std::vector<std::vector<std::string>> Rows;
  for (size_t I = 0; I < R.Count; ++I) {
    const LockOrderStep &S = R.Steps[I];
    std::string What =
        (S.WantedShared ? "read lock " : "lock ") + Names[(I + 1) % R.Count];
    FindingSide Side = makeSide(What, S.Who, S.WantedAt);
    Rows.push_back({Side.Strand, Side.What, sidePlace(Side), sideSource(Side),
                    "holding " + Names[I] + since(S.HeldAt)});
    F.Sides.push_back(std::move(Side));
  }
  F.Id = findingId(F, "lock order");
  if (!isWanted(F))
    return;
  F.Title = format("LOCK ORDER  %zu locks are taken in orders that could "
                   "deadlock",
                   R.Count);
  if (compatTsan())
    F.Text = tsanText(R, F);
  addFinding(std::move(F), table(Rows) + cycleText(Names) +
                               "  explain: heddle explain lock-order\n");
}

} // namespace heddle
