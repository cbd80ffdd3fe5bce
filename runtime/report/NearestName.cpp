// Levenshtein's distance, and the nearest of a list by it.
#include "report/NearestName.h"

#include <algorithm>

namespace heddle {
namespace {

// Longer ones are nobody's misspelling: the time is the product of lengths.
constexpr size_t kLongest = 64;

size_t distance(const std::string &A, const std::string &B) {
  std::vector<size_t> Row(B.size() + 1);
  for (size_t J = 0; J <= B.size(); ++J)
    Row[J] = J;
  for (size_t I = 1; I <= A.size(); ++I) {
    size_t Diagonal = Row[0];
    Row[0] = I;
    for (size_t J = 1; J <= B.size(); ++J) {
      size_t Changed = Diagonal + (A[I - 1] != B[J - 1]);
      Diagonal = Row[J];
      Row[J] = std::min({Row[J] + 1, Row[J - 1] + 1, Changed});
    }
  }
  return Row[B.size()];
}

} // namespace

std::string nearestName(const std::string &Name,
                        const std::vector<const char *> &Names) {
  std::string Wanted = Name.substr(0, kLongest), Best = Names[0];
  for (const char *N : Names)
    if (distance(Wanted, N) < distance(Wanted, Best))
      Best = N;
  return Best;
}

} // namespace heddle
