// Guards for conditions, results and select cases.
#include "engines/skeleton/Outcomes.h"

#include <algorithm>

namespace heddle::skeleton {

Outcomes::Outcomes(const Scope &Sc, Skeleton &S) : Sc(Sc), S(S) {
  countTests();
  for (auto &[Cond, U] : Uses) {
    const ScopeCondition &C = Sc.Conditions[Cond];
    if (C.Step != kNone)
      reserveResult(C.Step);
    else if (C.K == Condition::Pure || C.K == Condition::Opaque)
      readComparison(U.Strands[0], Cond);
    if (C.K == Condition::Pure && !Comparisons.count(Cond))
      reservePure(Cond);
  }
}

// A condition that is written as the very select of the same strand, compared
// with a number. If two selects are written alike, neither is meant.
void Outcomes::readComparison(StrandId Strand, uint32_t Cond) {
  std::string_view Text = Sc.Conditions[Cond].Text;
  Comparison Found;
  for (StepId Id = 0; Id < Sc.Steps.size(); ++Id) {
    const heddle::Step &St = Sc.step(Id);
    std::string_view Select = Sc.U->text(St.Do.Where);
    if (St.Do.Kind != OpKind::Select || St.Strand != Strand || Select.empty() ||
        Text.substr(0, Select.size()) != Select)
      continue;
    std::string_view Rest = Text.substr(Select.size());
    bool Equal = Rest.substr(0, 4) == " == ";
    if ((!Equal && Rest.substr(0, 4) != " != ") || Rest.size() != 5 ||
        Rest[4] < '0' || Rest[4] > '9')
      continue;
    if (Found.Select != kNone)
      return;
    Found = {Id, unsigned(Rest[4] - '0'), Equal};
  }
  if (Found.Select == kNone)
    return;
  reserveResult(Found.Select);
  Comparisons[Cond] = Found;
}

void Outcomes::countTests() {
  for (StrandId T = 0; T < Sc.Strands.size(); ++T)
    for (const Node &N : Sc.Strands[T].Nodes) {
      uint32_t Last = kNone;
      for (const heddle::Edge &E : N.Succs) {
        if (E.Cond == kNone || E.Cond == Last)
          continue;
        Last = E.Cond;
        Use &U = Uses[E.Cond];
        ++U.Places;
        U.InLoop |= N.Loop != kNone;
        if (U.Strands.empty() || U.Strands.back() != T)
          U.Strands.push_back(T);
      }
    }
}

Guard Outcomes::reserve(StrandId Strand, bool PerStrand) {
  uint8_t &Count = PerStrand ? S.Strands[Strand].LocalGuards : S.Guards;
  if (Count == Guard::kNone - 1)
    return {};
  return {Count++, true, PerStrand};
}

// A condition that is tested once is a free choice. One that only instances of
// one task test may be about what each of them was given.
void Outcomes::reservePure(uint32_t Cond) {
  const Use &U = Uses[Cond];
  if (!Sc.Conditions[Cond].Stable || U.Places < 2)
    return;
  bool PerStrand = U.Strands.size() == 1 && U.Strands[0] != 0;
  if (PerStrand && U.InLoop)
    return;
  Pure[Cond] = reserve(U.Strands[0], PerStrand);
}

void Outcomes::reserveResult(StepId Step) {
  const heddle::Step &St = Sc.step(Step);
  std::vector<Guard> &Of = Results[Step];
  if (!Of.empty())
    return;
  size_t Count = St.Do.Kind == OpKind::Select ? St.Do.Cases.size() : 1;
  for (size_t I = 0; I < Count; ++I)
    Of.push_back(reserve(St.Strand, true));
}

Guard Outcomes::resultOf(StepId Step) const {
  auto It = Results.find(Step);
  return It == Results.end() || It->second.empty() ? Guard() : It->second[0];
}

Guard Outcomes::caseOf(StepId Step, unsigned Index) const {
  auto It = Results.find(Step);
  return It == Results.end() || Index >= It->second.size() ? Guard()
                                                           : It->second[Index];
}

unsigned Outcomes::caseCount(StepId Step) const {
  auto It = Results.find(Step);
  return It == Results.end() ? 0 : unsigned(It->second.size());
}

std::vector<Guard> Outcomes::needsCase(const heddle::Edge &E,
                                       const std::vector<heddle::Edge> &All,
                                       StepId Select) const {
  std::vector<Guard> Out;
  auto Listed = [](const heddle::Edge &Of, unsigned I) {
    return std::find(Of.Values.begin(), Of.Values.end(), int64_t(I)) !=
           Of.Values.end();
  };
  for (unsigned I = 0; I < caseCount(Select); ++I) {
    bool Taken = Listed(E, I);
    if (E.K == heddle::Edge::Default)
      Taken = std::none_of(All.begin(), All.end(), [&](const heddle::Edge &F) {
        return F.K == heddle::Edge::Case && Listed(F, I);
      });
    if (Taken)
      Out.push_back(caseOf(Select, I));
  }
  return Out;
}

std::vector<Guard> Outcomes::needs(const heddle::Edge &E,
                                   const std::vector<heddle::Edge> &All) const {
  if (E.K == heddle::Edge::Always || E.Cond == kNone)
    return {Guard()};
  const ScopeCondition &C = Sc.Conditions[E.Cond];
  bool Positive = E.K == heddle::Edge::IfTrue;
  if (auto It = Comparisons.find(E.Cond); It != Comparisons.end()) {
    std::vector<Guard> Out;
    for (unsigned I = 0; I < caseCount(It->second.Select); ++I)
      if ((I == It->second.Case) == (It->second.Equal == Positive))
        Out.push_back(caseOf(It->second.Select, I));
    return Out;
  }
  switch (C.K) {
  case Condition::Constant:
    if (E.K == heddle::Edge::IfTrue || E.K == heddle::Edge::IfFalse)
      return C.Value == Positive ? std::vector<Guard>{Guard()}
                                 : std::vector<Guard>{};
    return {Guard()};
  case Condition::Pure:
    if (auto It = Pure.find(E.Cond); It != Pure.end()) {
      Guard G = It->second;
      G.Positive = Positive;
      return {G};
    }
    return {Guard()};
  case Condition::SelectIndex:
    if (C.Step != kNone && caseCount(C.Step) &&
        (E.K == heddle::Edge::Case || E.K == heddle::Edge::Default))
      return needsCase(E, All, C.Step);
    return {Guard()};
  case Condition::OpResult:
  case Condition::ErrorResult:
    if (Guard G = C.Step == kNone ? Guard() : resultOf(C.Step)) {
      G.Positive = Positive == (C.K == Condition::OpResult);
      return {G};
    }
    return {Guard()};
  case Condition::Opaque:
    break;
  }
  return {Guard()};
}

} // namespace heddle::skeleton
