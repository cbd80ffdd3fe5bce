// Access paths, keys and callables of expressions, seen from one function.
#ifndef HEDDLE_FACTS_EXTRACT_EXPRESSIONS_H
#define HEDDLE_FACTS_EXTRACT_EXPRESSIONS_H

#include "facts/extract/Session.h"

#include <optional>

namespace heddle {

constexpr unsigned kMaxDepth = 24;

// A side-effect-free expression as canonical text.
struct Key {
  std::string Text;
  bool Stable = true; // has one value as long as its function runs
};

// What runs when a callable is called.
struct Task {
  FunctionId Body = kNone;
  const clang::FunctionDecl *Declared = nullptr; // where there is no body
  PathId Value = kNone;                          // the variable that holds it
  std::optional<PathId> This;                    // bound object of a method
  std::vector<PathId> Args;                      // bound by std::bind
  std::string Name = "task";
  bool Method = false; // the first argument is the object
};

class Expressions {
public:
  Expressions(Session &S, FunctionId F) : S(S), F(F) {}

  // The object that a glvalue names, or the value of a pointer or handle.
  // kNone if the source does not tell.
  PathId path(const clang::Expr *E);
  PathId variable(const clang::VarDecl *V);
  // The variable itself, where path() follows a pointer or handle that is never
  // assigned again to what it was made from.
  PathId storage(const clang::Expr *E);
  // As path, but for what a call operates on: through a pointer to it.
  PathId target(const clang::Expr *E);
  // `this` of a lambda: that of the method around it.
  PathId thisPath();

  std::optional<Key> key(const clang::Expr *E);
  Amount amount(const clang::Expr *E);
  Task task(const clang::Expr *E);
  // Paths of expressions that have no name of their own, such as the
  // temporaries that a call of this function makes.
  llvm::DenseMap<const clang::Expr *, PathId> Named;

private:
  PathId call(const clang::Expr *E);
  PathId element(PathId Container, const clang::Expr *Index, clang::QualType T);
  PathId aliased(const clang::VarDecl *V);
  PathId accessor(const clang::FunctionDecl *D, PathId This,
                  llvm::ArrayRef<const clang::Expr *> Args);
  std::string label(const clang::Expr *Index);
  bool isStable(PathId P);
  void declaredGuard(const clang::FieldDecl *Field, PathId Base, PathId P);

  Session &S;
  FunctionId F;
  unsigned Depth = 0;
};

} // namespace heddle

#endif
