// select-single: a select with one case is the operation itself.
#include "core/Trace.h"

namespace heddle {
namespace {

void run(const Unit &U, Reporter &R) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops) {
      if (O.Kind != OpKind::Select || O.Cases.size() != 1)
        continue;
      SelectCase::Kind K = O.Cases[0].K;
      if (K != SelectCase::Recv && K != SelectCase::Send)
        continue;
      R.report(O.Where, "this select has one case")
          .label(K == SelectCase::Recv ? "is a receive" : "is a send")
          .in(F);
    }
}

} // namespace

static const Registration kCheck({"select-single", Tier::Precise,
                                  "a select with a single case", run});

} // namespace heddle
