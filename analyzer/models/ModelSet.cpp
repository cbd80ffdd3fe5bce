// Lookup and merging of models.
#include "models/Models.h"

#include <algorithm>

namespace heddle {

static std::string_view lastPart(std::string_view Name) {
  size_t At = Name.rfind("::");
  return At == std::string_view::npos ? Name : Name.substr(At + 2);
}

void ModelSet::addFunction(FunctionModel M) {
  Last[std::string(lastPart(M.Name))] = true;
  auto &Entries = Functions[M.Name];
  auto Same = std::find_if(Entries.begin(), Entries.end(), [&](const auto &E) {
    return E.HasParams == M.HasParams && E.Params == M.Params;
  });
  if (Same != Entries.end())
    *Same = std::move(M);
  else if (M.HasParams)
    Entries.push_back(std::move(M));
  else
    Entries.insert(Entries.begin(), std::move(M));
}

void ModelSet::addType(TypeModel M) { Types[M.Name] = std::move(M); }

const std::vector<FunctionModel> *
ModelSet::functions(std::string_view Name) const {
  auto It = Functions.find(Name);
  return It == Functions.end() ? nullptr : &It->second;
}

const TypeModel *ModelSet::type(std::string_view Name) const {
  auto It = Types.find(Name);
  return It == Types.end() ? nullptr : &It->second;
}

bool ModelSet::knowsLast(std::string_view Name) const {
  return Last.find(Name) != Last.end();
}

} // namespace heddle
