// The whole contract of a check.
//
// A check is one folder, analyzer/checks/<id>/, with Check.cpp, README.md,
// bad.cpp, good.cpp and, where it has any, limits.cpp. Nothing else is edited.
// Check.cpp ends with one line that registers it:
//
//   static const heddle::Registration
//       kCheck({"wg-add-in-goroutine", Tier::Precise,
//               "add inside the goroutine that it counts", run});
//
// `run` sees one scope after the other, and reports findings: each function at
// which an analysis starts, with its calls expanded (facts/Scope.h). A check
// whose `run` takes a Unit sees the facts of the whole file once; one that
// compares the functions of a file is a Comparison. It names no library: what a
// call means comes from the models (analyzer/models).
//
// Requires: `run` is a pure function of what it sees and the order of its
// reports is deterministic. Reports at one place with one message are merged.
#ifndef HEDDLE_CORE_CHECK_H
#define HEDDLE_CORE_CHECK_H

#include "core/Finding.h"
#include "facts/View.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {

enum class Tier : uint8_t {
  Precise, // on; correct by construction; printed as an error by `check`
  Default, // on; at least 90 % right over the corpus; printed as a warning
  Optional // off unless asked for
};

// Collects the findings of one check over one unit.
class Reporter {
public:
  Reporter(const Unit &U, std::string_view CheckId, Tier T)
      : U(U), CheckId(CheckId), CheckTier(T) {}

  // Starts a finding at `Where`. It is kept when the builder dies.
  class Builder {
  public:
    Builder(Reporter &R, Finding F) : R(R), F(std::move(F)) {}
    Builder(const Builder &) = delete;
    ~Builder();
    // Text behind the carets.
    Builder &label(std::string Text);
    // An earlier line that is shown above the finding's own.
    Builder &context(const Range &Where);
    Builder &note(const Range &Where, std::string Message);
    Builder &fix(Fix F);
    // Lowers the severity below that of the check's tier.
    Builder &unsure();
    Builder &in(const Function &F);

  private:
    Reporter &R;
    Finding F;
  };

  Builder report(const Range &Where, std::string Message);

  // An edit for a Fix. Range::InMacro must be false.
  Replacement replace(const Range &Where, std::string Text) const;
  Replacement insertBefore(const Range &Where, std::string Text) const;
  // Removes a statement, with its line if nothing else stands on it.
  Replacement removeStatement(const Range &Statement) const;
  // Inserts `Text` as a line of its own above the line of `Where`, indented
  // as that line is.
  Replacement insertLineAbove(const Range &Where, std::string Text) const;

  Location locate(const Range &R) const;
  const Unit &unit() const { return U; }
  std::vector<Finding> take() { return std::move(Findings); }

private:
  friend class Builder;
  const Unit &U;
  std::string CheckId;
  Tier CheckTier;
  std::vector<Finding> Findings;
};

// A check that sees all scopes of a unit and then says what does not agree. A
// scope ends with see(): what is kept must not refer to it.
class Comparison {
public:
  explicit Comparison(const Unit &U) : U(U) {}
  virtual ~Comparison() = default;
  virtual void see(const View &) = 0;
  virtual void report(Reporter &) = 0;

protected:
  const Unit &U;
};

template <class C> std::unique_ptr<Comparison> compare(const Unit &U) {
  return std::make_unique<C>(U);
}

struct Check {
  const char *Id;
  Tier T;
  const char *Rule; // one line, lower case, no full stop
  void (*RunUnit)(const Unit &, Reporter &) = nullptr;
  void (*RunView)(const View &, Reporter &) = nullptr;
  std::unique_ptr<Comparison> (*Compare)(const Unit &) = nullptr;

  Check(const char *Id, Tier T, const char *Rule,
        void (*Run)(const Unit &, Reporter &))
      : Id(Id), T(T), Rule(Rule), RunUnit(Run) {}
  Check(const char *Id, Tier T, const char *Rule,
        void (*Run)(const View &, Reporter &))
      : Id(Id), T(T), Rule(Rule), RunView(Run) {}
  Check(const char *Id, Tier T, const char *Rule,
        std::unique_ptr<Comparison> (*Compare)(const Unit &))
      : Id(Id), T(T), Rule(Rule), Compare(Compare) {}

  // The documentation, relative to the root of the source tree.
  std::string readme() const {
    return std::string("analyzer/checks/") + Id + "/README.md";
  }
};

} // namespace heddle

#include "core/Registry.h"

#endif
