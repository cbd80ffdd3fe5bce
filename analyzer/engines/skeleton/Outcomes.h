// Which guard a condition of the scope is in the skeleton.
//
// Three kinds of conditions are more than a free choice: a stable one that is
// tested at several places, the Boolean result of an operation, and the case
// that a select took.
#ifndef HEDDLE_SKELETON_OUTCOMES_H
#define HEDDLE_SKELETON_OUTCOMES_H

#include "engines/skeleton/Skeleton.h"
#include "facts/Scope.h"

#include <map>
#include <vector>

namespace heddle::skeleton {

class Outcomes {
public:
  /// Reserves the guards in S, whose strands are those of Sc. Requires:
  /// S.Strands has one entry for each strand.
  Outcomes(const Scope &Sc, Skeleton &S);

  /// The guard that says how operation Step went, or none if nobody asks.
  Guard resultOf(StepId Step) const;
  /// The guard of case Index of a select.
  Guard caseOf(StepId Step, unsigned Index) const;
  unsigned caseCount(StepId Step) const;

  /// What an edge of the control flow needs: any one of the guards returned.
  /// A guard that is none is always possible; an empty list is impossible.
  std::vector<Guard> needs(const heddle::Edge &E,
                           const std::vector<heddle::Edge> &All) const;

private:
  std::vector<Guard> needsCase(const heddle::Edge &E,
                               const std::vector<heddle::Edge> &All,
                               StepId Select) const;
  void countTests();
  void reservePure(uint32_t Cond);
  void readComparison(StrandId Strand, uint32_t Cond);
  void reserveResult(StepId Step);
  Guard reserve(StrandId Strand, bool PerStrand);

  const Scope &Sc;
  Skeleton &S;
  struct Use {
    unsigned Places = 0;
    std::vector<StrandId> Strands;
    bool InLoop = false;
  };
  /// `select(...) == Case`, or its negation.
  struct Comparison {
    StepId Select = kNone;
    unsigned Case = 0;
    bool Equal = true;
  };
  std::map<uint32_t, Comparison> Comparisons;
  std::map<uint32_t, Use> Uses;
  std::map<uint32_t, Guard> Pure;
  /// The guards of a step: one, or one for each case.
  std::map<StepId, std::vector<Guard>> Results;
};

} // namespace heddle::skeleton

#endif
