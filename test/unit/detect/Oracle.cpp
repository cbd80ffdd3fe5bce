// The quadratic part of the oracle.
#include "Oracle.h"

namespace heddle::test {
namespace {

bool conflict(const OracleAccess &A, const OracleAccess &B) {
  return (A.IsWrite || B.IsWrite) && !(A.IsAtomic && B.IsAtomic);
}

bool covers(const OracleAccess &A, uintptr_t Byte) {
  return Byte >= A.Addr && Byte < A.Addr + A.Size;
}

bool isOrdered(const OracleAccess &First, const OracleAccess &Second) {
  return First.Index <= Second.Clock[First.Strand];
}

// A plain write ends what was before; another access only what is ordered
// before it.
bool supersedes(const OracleAccess &Later, const OracleAccess &P) {
  return (Later.IsWrite && !Later.IsAtomic) || isOrdered(P, Later);
}

} // namespace

void Oracle::access(unsigned S, uintptr_t Addr, size_t Size, bool IsWrite,
                    bool IsAtomic, uint32_t Place, std::set<Past> &Must,
                    std::set<Past> &May) {
  OracleAccess A{S,
                 Strands[S].Clock[S],
                 Strands[S].Clock,
                 Addr,
                 Size,
                 IsWrite,
                 IsAtomic,
                 Place};
  for (uintptr_t Byte = Addr; Byte < Addr + Size; ++Byte) {
    std::vector<const OracleAccess *> Later;
    for (size_t I = Accesses.size(); I-- > 0;) {
      const OracleAccess &P = Accesses[I];
      if (!covers(P, Byte) || !conflict(P, A))
        continue;
      bool IsLast = true;
      for (const OracleAccess *Q : Later)
        IsLast &= !supersedes(*Q, P);
      Later.push_back(&P);
      if (isOrdered(P, A))
        continue;
      May.insert({P.Strand, P.Place});
      if (IsLast)
        Must.insert({P.Strand, P.Place});
    }
  }
  Accesses.push_back(A);
}

} // namespace heddle::test
