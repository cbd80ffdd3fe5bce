// Small units, written by hand.
#ifndef HEDDLE_TEST_UNIT_SUMMARY_SAMPLE_H
#define HEDDLE_TEST_UNIT_SUMMARY_SAMPLE_H

#include "facts/Facts.h"

namespace heddle::test {

// Adds a function of one block with the operations, in the main file.
inline FunctionId addFunction(Unit &U, const std::string &Usr,
                              std::vector<Op> Ops, bool External = true) {
  Function F;
  F.Usr = Usr;
  F.Name = Usr;
  F.External = External;
  F.InMainFile = true;
  Block B;
  B.Last = OpId(Ops.size());
  F.Ops = std::move(Ops);
  F.Blocks.push_back(B);
  F.Entry = F.Exit = 0;
  FunctionId Id = FunctionId(U.Functions.size());
  U.Functions.push_back(std::move(F));
  U.ByUsr.emplace(Usr, Id);
  return Id;
}

inline Unit emptyUnit(const std::string &File) {
  Unit U;
  U.MainFile = File;
  U.Standard = 20;
  U.Files.push_back({File, "int X;\n"});
  return U;
}

inline PathId addGlobal(Unit &U, const std::string &Usr, bool External,
                        bool Defined) {
  Object O;
  O.K = Object::Global;
  O.Name = O.Usr = Usr;
  O.External = External;
  O.Defined = Defined;
  return U.Paths.root(U.Paths.addObject(std::move(O)));
}

inline Op access(OpKind K, PathId P) {
  Op O;
  O.Kind = K;
  O.Object = P;
  O.Where = {0, 1, 5, 1, 6, 4, 5, false};
  return O;
}

inline Op callElsewhere(Unit &U, const std::string &Usr) {
  Op O;
  O.Kind = OpKind::Call;
  O.Elsewhere = uint32_t(U.Elsewhere.size());
  O.Name = Usr;
  U.Elsewhere.push_back(Usr);
  return O;
}

// One of everything that a record holds.
Unit richUnit();

} // namespace heddle::test

#endif
