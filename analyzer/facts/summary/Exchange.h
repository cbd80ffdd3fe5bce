// The fields of facts in the order of the format: one text for both directions.
//
// `Stream` writes each field, or reads it; see RecordWriter.cpp and
// RecordReader.cpp. kVersion in Summary.h changes with every edit here.
#ifndef HEDDLE_FACTS_SUMMARY_EXCHANGE_H
#define HEDDLE_FACTS_SUMMARY_EXCHANGE_H

#include "facts/Facts.h"

#include <initializer_list>

namespace heddle {

template <class Stream> void exchange(Stream &X, Range &R) {
  X.file(R.File);
  if (!R.valid())
    return;
  X.number(R.Line);
  X.number(R.Col);
  X.difference(R.EndLine, R.Line);
  X.number(R.EndCol);
  X.number(R.Begin);
  X.difference(R.End, R.Begin);
  X.flags({&R.InMacro});
}

template <class Stream> void exchange(Stream &X, Amount &A) {
  X.choice(A.K, Amount::Symbolic);
  if (A.K == Amount::Constant)
    X.integer(A.Value);
  if (A.K == Amount::Symbolic)
    X.key(A.Key);
}

template <class Stream> void exchange(Stream &X, Condition &C) {
  X.choice(C.K, Condition::ErrorResult);
  X.flags({&C.Stable, &C.Value});
  X.key(C.Key);
  X.text(C.Text);
  X.function(C.Function);
  X.index(C.Op);
}

template <class Stream> void exchange(Stream &X, Edge &E) {
  X.index(E.To);
  X.choice(E.K, Edge::Default);
  X.condition(E.Cond);
  X.list(E.Values, [&](int64_t &V) { X.integer(V); });
  X.flags({&E.Exceptional});
}

template <class Stream> void exchange(Stream &X, Block &B) {
  X.number(B.First);
  X.difference(B.Last, B.First);
  X.list(B.Succs, [&](Edge &E) { exchange(X, E); });
  X.list(B.Preds, [&](BlockId &P) { X.index(P); });
  X.index(B.Loop);
  X.flags({&B.Works});
  X.list(B.Decides, [&](Range &R) { exchange(X, R); });
}

template <class Stream> void exchange(Stream &X, Loop &L) {
  X.index(L.Parent);
  X.index(L.Header);
  X.list(L.Blocks, [&](BlockId &B) { X.index(B); });
  exchange(X, L.Bound);
  X.path(L.Over);
  X.object(L.Counter);
  exchange(X, L.Where);
}

template <class Stream> void exchange(Stream &X, SelectCase &C) {
  X.choice(C.K, SelectCase::Unknown);
  X.path(C.Channel);
  exchange(X, C.Where);
}

template <class Stream> void exchange(Stream &X, Op &O) {
  X.choice(O.Kind, OpKind::NoReturn);
  exchange(X, O.Where);
  exchange(X, O.Statement);
  for (PathId *P : {&O.Object, &O.This, &O.CalleeValue, &O.Handle, &O.Result,
                    &O.Guard, &O.Needs})
    X.path(*P);
  X.list(O.Args, [&](PathId &P) { X.path(P); });
  X.list(O.ArgBodies, [&](FunctionId &F) { X.function(F); });
  X.list(O.ArgsElsewhere, [&](uint32_t &F) { X.elsewhere(F); });
  X.function(O.Callee);
  X.elsewhere(O.Elsewhere);
  X.number(O.Guesses);
  X.text(O.Name);
  X.text(O.Remedy);
  X.text(O.Model);
  X.choice(O.Policy, JoinPolicy::Here);
  exchange(X, O.Count);
  X.flags({&O.Deferred, &O.Implicit, &O.Try, &O.Timed, &O.Shared, &O.IfHeld,
           &O.Recursive, &O.MayNest, &O.Adopt, &O.Together, &O.Ready,
           &O.CanTest, &O.Trivial, &O.Cooperative, &O.All, &O.Unnamed,
           &O.Unwinds, &O.MayBeClosed, &O.Wide, &O.Decides});
  X.list(O.Cases, [&](SelectCase &C) { exchange(X, C); });
}

template <class Stream> void exchange(Stream &X, Capture &C) {
  X.object(C.Variable);
  X.object(C.Copy);
  X.path(C.Source);
  X.flags({&C.ByReference, &C.IsThis});
  X.text(C.Name);
  exchange(X, C.Where);
}

template <class Stream> void exchange(Stream &X, Function &F) {
  X.choice(F.Kind, FunctionKind::Lambda);
  X.text(F.Usr);
  X.text(F.Name);
  exchange(X, F.Where);
  exchange(X, F.Body);
  X.function(F.Parent);
  X.list(F.Params, [&](ObjectId &O) { X.object(O); });
  X.object(F.This);
  X.object(F.Result);
  X.list(F.Captures, [&](Capture &C) { exchange(X, C); });
  X.list(F.Ops, [&](Op &O) { exchange(X, O); });
  X.list(F.Blocks, [&](Block &B) { exchange(X, B); });
  X.list(F.Loops, [&](Loop &L) { exchange(X, L); });
  X.index(F.Entry);
  X.index(F.Exit);
  X.flags({&F.External, &F.Public, &F.NoExcept, &F.Unchecked});
}

// Without Source, which may lead to what comes later.
template <class Stream> void exchange(Stream &X, Object &O) {
  X.choice(O.K, Object::Unknown);
  X.text(O.Name);
  X.text(O.Type);
  X.text(O.Usr);
  X.choice(O.Role, TypeRole::Scope);
  X.flags({&O.Handle, &O.Reference, &O.Const, &O.ThreadLocal, &O.Escapes,
           &O.Assigned, &O.CapturedByRef, &O.LoopVariable, &O.Returned,
           &O.External});
  X.number(O.Mentions);
  X.function(O.Owner);
  X.index(O.Loop);
  X.file(O.File);
  X.number(O.Line);
  X.number(O.Col);
}

} // namespace heddle

#endif
