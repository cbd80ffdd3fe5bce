// A unit with a loop, a lambda, conditions, keys, captures and globals.
#include "Sample.h"

namespace heddle::test {

static ObjectId addLocal(Unit &U, const char *Name, Object::Kind K,
                         FunctionId Owner) {
  Object O;
  O.K = K;
  O.Name = Name;
  O.Type = "Table";
  O.Role = TypeRole::Container;
  O.Owner = Owner;
  O.File = 0;
  O.Line = 3;
  return U.Paths.addObject(std::move(O));
}

static FunctionId addLambda(Unit &U, FunctionId Parent, PathId Source) {
  FunctionId L = addFunction(U, "c:@lambda", {}, false);
  Function &F = U.Functions[L];
  F.Kind = FunctionKind::Lambda;
  F.Parent = Parent;
  Capture C;
  C.Copy = addLocal(U, "Copy", Object::CaptureCopy, L);
  U.Paths.object(C.Copy).Source = C.Source = Source;
  C.Name = "Copy";
  F.Captures.push_back(C);
  F.Ops.push_back(access(OpKind::ContainerWrite, U.Paths.root(C.Copy)));
  F.Blocks[0].Last = 1;
  return L;
}

Unit richUnit() {
  Unit U = emptyUnit("/src/a.cpp");
  U.MainFileClasses.insert("Pool");
  PathId Mutex = addGlobal(U, "c:@Mu", true, true);
  FunctionId F = addFunction(U, "c:@run", {});
  ObjectId Param = addLocal(U, "Ids", Object::Param, F);
  PathId Ids = U.Paths.root(Param);
  PathId Item = U.Paths.extend(Ids, StepKind::Index,
                               "i#" + std::to_string(Mutex), TypeRole::Plain);
  PathId Field = U.Paths.extend(Item, StepKind::Field, "Name", TypeRole::Plain,
                                false, "Pool");
  FunctionId L = addLambda(U, F, Ids);
  Op Acquire = access(OpKind::Acquire, Mutex);
  Acquire.Try = true;
  Op Spawn = access(OpKind::Spawn, kNone);
  Spawn.Callee = L;
  Spawn.Policy = JoinPolicy::Handle;
  Spawn.Args = {Ids, kNone};
  Spawn.ArgBodies = {kNone, L};
  Op Select = access(OpKind::Select, kNone);
  Select.Cases.push_back({SelectCase::Send, Field, {}});
  Condition C;
  C.K = Condition::Pure;
  C.Stable = true;
  C.Key = "(Ids#" + std::to_string(Ids) + ".size() > 0)";
  C.Text = "!Ids.empty()";
  C.Function = F;
  C.Op = 0;
  U.Conditions.push_back(C);
  Function &Fn = U.Functions[F];
  Fn.Params = {Param};
  Fn.Ops = {Acquire, Spawn, Select, access(OpKind::Write, Field)};
  Loop Round;
  Round.Header = 0;
  Round.Blocks = {0};
  Round.Bound = {Amount::Symbolic, 0, C.Key};
  Round.Over = Ids;
  Fn.Loops = {Round};
  Fn.Blocks[0].Loop = 0;
  Fn.Blocks[0].Last = 2;
  Fn.Blocks[0].Succs = {{1, Edge::IfTrue, 0, {-1, 7}, true}};
  Block Last;
  Last.First = 2;
  Last.Last = 4;
  Last.Preds = {0};
  Fn.Blocks.push_back(Last);
  Fn.Exit = 1;
  return U;
}

} // namespace heddle::test
