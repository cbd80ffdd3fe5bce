// wg-copy: a copy of a primitive, or one of a single call, which synchronises
// with nobody.
#include "core/Trace.h"

namespace heddle {
namespace {

bool isPrimitive(const Object &O) {
  switch (O.Role) {
  case TypeRole::WaitGroup:
  case TypeRole::Mutex:
  case TypeRole::RWMutex:
  case TypeRole::RecursiveMutex:
  case TypeRole::Cond:
  case TypeRole::Once:
  case TypeRole::Semaphore:
  case TypeRole::Barrier:
  case TypeRole::Event:
    return !O.Handle && !O.Reference;
  default:
    return false;
  }
}

void checkCaptures(const Unit &U, const Function &F, Reporter &R) {
  for (const Capture &C : F.Captures) {
    if (C.Copy == kNone || C.Variable == kNone || !C.Where.valid() ||
        !isPrimitive(U.Paths.object(C.Copy)))
      continue;
    const Function &In = F.Parent == kNone ? F : U.function(F.Parent);
    auto B = R.report(C.Where, "'" + C.Name +
                                   "' is captured by value: the "
                                   "task works on a copy");
    B.label("shares nothing with '" + C.Name + "' outside").in(In);
    noteDeclaration(B, U, U.Paths.root(C.Variable));
    if (C.Where.InMacro || U.text(C.Where) != C.Name)
      continue;
    Fix Change;
    Change.Title = "capture '" + C.Name + "' by reference";
    Change.Edits = {R.insertBefore(C.Where, "&")};
    B.fix(std::move(Change));
  }
}

void checkParameters(const Unit &U, const Function &F, Reporter &R) {
  for (ObjectId P : F.Params) {
    const Object &O = U.Paths.object(P);
    if (!isPrimitive(O) || O.File == kNone || O.Line == 0)
      continue;
    Range Where;
    Where.File = O.File;
    Where.Line = Where.EndLine = O.Line;
    Where.Col = O.Col;
    Where.EndCol = O.Col + uint32_t(O.Name.size());
    size_t At = 0;
    for (uint32_t Line = 1; Line < O.Line; ++Line)
      At = U.Files[O.File].Text.find('\n', At) + 1;
    Where.Begin = uint32_t(At) + O.Col - 1;
    Where.End = Where.Begin + uint32_t(O.Name.size());
    auto B = R.report(Where, "'" + O.Name +
                                 "' is passed by value: the "
                                 "function works on a copy");
    B.label("shares nothing with what the caller has").in(F);
    if (O.Name.empty() || U.text(Where) != O.Name || !U.Standard)
      continue;
    Fix Change;
    Change.Title = "pass '" + O.Name + "' by reference";
    Change.Edits = {R.insertBefore(Where, "&")};
    B.fix(std::move(Change));
  }
}

// A lock that nobody but this call can see.
bool isOfOneCall(const Unit &U, const Function &F, PathId Lock) {
  const Object &O = U.Paths.rootObject(Lock);
  if (U.Paths.path(Lock).Kind != StepKind::Root || O.K != Object::Local ||
      O.CapturedByRef || !isPrimitive(O))
    return false;
  for (const Op &Other : F.Ops) {
    bool Given = false;
    for (PathId P : Other.Args)
      Given |=
          P != kNone && U.Paths.path(P).Object == U.Paths.path(Lock).Object;
    // A wait needs some lock, even if nothing is guarded.
    if (Given || Other.Kind == OpKind::CvWait || Other.Kind == OpKind::Spawn)
      return false;
  }
  return true;
}

void checkLocals(const Unit &U, const Function &F, Reporter &R) {
  for (const Op &O : F.Ops) {
    if (O.Kind != OpKind::Acquire || O.Object == kNone ||
        !isOfOneCall(U, F, O.Object))
      continue;
    auto B = R.report(O.Where, "'" + U.Paths.spell(O.Object) +
                                   "' is a lock of this call alone");
    B.label("keeps nobody out").in(F);
    noteDeclaration(B, U, O.Object);
  }
}

void run(const Unit &U, Reporter &R) {
  for (const Function &F : U.Functions) {
    if (!F.HasConcurrency)
      continue;
    checkCaptures(U, F, R);
    checkParameters(U, F, R);
    checkLocals(U, F, R);
  }
}

} // namespace

static const Registration
    kCheck({"wg-copy", Tier::Precise,
            "a wait group or lock that is a copy, or of one call alone", run});

} // namespace heddle
