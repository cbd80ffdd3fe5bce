// Which model an AST node stands for.
#ifndef HEDDLE_FACTS_EXTRACT_NAMES_H
#define HEDDLE_FACTS_EXTRACT_NAMES_H

#include "models/Models.h"

#include "facts/extract/Clang.h"

namespace heddle {

// "std::basic_string::append": namespaces and classes without inline
// namespaces and template arguments.
std::string qualifiedName(const clang::NamedDecl *D);

// The expression without parentheses, casts, temporaries, elided copies.
const clang::Expr *strip(const clang::Expr *E);

// The parts of a call that models speak about.
struct CallParts {
  const clang::FunctionDecl *Callee = nullptr;
  const clang::Expr *Object = nullptr;   // of a method call
  std::vector<const clang::Expr *> Args; // without default arguments
  const clang::Expr *Whole = nullptr;
};

// Splits a call or a construction; Callee is null if it is not known.
CallParts partsOf(const clang::Expr *E);

class Names {
public:
  explicit Names(const ModelSet &Models) : Models(Models) {}

  const TypeModel *type(clang::QualType T);
  TypeRole role(clang::QualType T);
  // Several words that are read and written as one value by methods.
  bool isWhole(clang::QualType T) {
    const TypeModel *M = type(T);
    return M && M->Whole;
  }
  bool isHandle(clang::QualType T);
  // The element type of a modelled container, or a null type.
  clang::QualType elementOf(clang::QualType T);

  // The method that closes a channel of this type; empty if there is none.
  std::string closerOf(clang::QualType T);

  // The model of a call, or null. Methods of modelled containers get a model
  // made from their type's lists.
  const FunctionModel *call(const CallParts &P);
  // The value, or function, that stands for a select's default case.
  bool isDefaultCase(const clang::NamedDecl *D) const;
  // The model of constructing a T from these arguments.
  const FunctionModel *construction(clang::QualType T,
                                    llvm::ArrayRef<const clang::Expr *> Args);

private:
  const TypeModel *record(const clang::CXXRecordDecl *R);
  const std::vector<FunctionModel> *candidates(const clang::FunctionDecl *F,
                                               const clang::CXXRecordDecl *R);
  const std::vector<FunctionModel> *inherited(const clang::CXXRecordDecl *R,
                                              const std::string &Last);
  const FunctionModel *choose(const std::vector<FunctionModel> *All,
                              llvm::ArrayRef<const clang::Expr *> Args);
  const FunctionModel *containerMethod(const CallParts &P);

  const ModelSet &Models;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeModel *> Records;
  llvm::DenseMap<std::pair<const void *, const void *>,
                 const std::vector<FunctionModel> *>
      Functions;
  std::map<std::pair<const TypeModel *, std::string>, FunctionModel> Methods;
};

} // namespace heddle

#endif
