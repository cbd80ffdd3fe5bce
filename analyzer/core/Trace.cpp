// Calls, spawns and declarations as notes.
#include "core/Trace.h"

namespace heddle {

const Function &functionOf(const Scope &S, const Step &At) {
  return S.U->function(S.Frames[At.Frame].Function);
}

void noteCalls(Reporter::Builder &B, const Scope &S, const Step &At) {
  for (StepId Call : S.trace(At))
    if (S.step(Call).Do.Where.valid())
      B.note(S.step(Call).Do.Where,
             "called from here: '" + S.step(Call).Do.Name + "'");
}

void noteSpawn(Reporter::Builder &B, const Scope &S, const Step &At) {
  StepId Spawn = S.Strands[At.Strand].Spawn;
  if (Spawn == kNone)
    return;
  bool Many = S.Strands[At.Strand].Many;
  B.note(S.step(Spawn).Do.Where,
         Many ? "the tasks are started here, one in each round of the loop"
              : "the task is started here");
}

static size_t offsetOfLine(std::string_view Text, uint32_t Line) {
  size_t At = 0;
  for (uint32_t I = 1; I < Line && At != std::string_view::npos; ++I)
    At = Text.find('\n', At) + 1;
  return At;
}

void noteDeclaration(Reporter::Builder &B, const Unit &U, PathId P) {
  const Object &O = U.Paths.rootObject(P);
  if (O.File == kNone || O.Line == 0 || O.K == Object::This)
    return;
  Range Where;
  Where.File = O.File;
  Where.Line = Where.EndLine = O.Line;
  Where.Col = O.Col;
  Where.Begin =
      uint32_t(offsetOfLine(U.Files[O.File].Text, O.Line)) + O.Col - 1;
  Where.End = Where.Begin + uint32_t(O.Name.size());
  Where.EndCol = O.Col + uint32_t(O.Name.size());
  B.note(Where, "'" + O.Name + "' is declared here");
}

} // namespace heddle
