// What the extraction of one unit shares: tables, identities, source places.
//
// Invariants: a function is registered (has an id) before it is built; its
// captures and parameters are known from registration on. Variables are keyed
// by their canonical declaration.
#ifndef HEDDLE_FACTS_EXTRACT_SESSION_H
#define HEDDLE_FACTS_EXTRACT_SESSION_H

#include "facts/extract/Extract.h"
#include "facts/extract/Names.h"

namespace heddle {

// How a lambda holds a variable of an enclosing function.
struct HeldVariable {
  bool ByReference = false;
  ObjectId Copy = kNone;
};

struct FunctionContext {
  const clang::FunctionDecl *Decl = nullptr; // the definition
  FunctionId Parent = kNone;                 // lambdas
  llvm::DenseMap<const clang::VarDecl *, HeldVariable> Held;
  ObjectId ThisCopy = kNone; // [*this]
};

// What a whole outermost function does to its variables, lambdas included.
struct VariableUse {
  bool Assigned = false;    // may name something else, or have a new value
  bool Mutated = false;     // a non-const method was called on it
  bool ByReference = false; // captured by reference, or its address was taken
  bool LoopVariable = false;
  uint32_t Mentions = 0;
  std::vector<const clang::Expr *> Values; // that are assigned to it
};

class Session {
public:
  Session(clang::ASTContext &Ctx, const ModelSet &Models, Extraction &X);

  // The id of a function whose body is user code that no model covers;
  // registers it if it is new. kNone for all others.
  FunctionId functionFor(const clang::FunctionDecl *D);
  // The index in Unit::Elsewhere of a function of user code that has no body
  // here, or kNone.
  uint32_t elsewhere(const clang::FunctionDecl *D);
  // The call operator of a lambda or of a class with exactly one.
  FunctionId callOperator(const clang::CXXRecordDecl *R);
  // What a virtual call runs if the main file shows all classes that can be
  // meant and just one of them has a body, or null.
  const clang::CXXMethodDecl *onlyOverrider(const clang::CXXMethodDecl *M);
  // The next registered function that has not been built.
  FunctionId takePending();

  ObjectId objectFor(const clang::VarDecl *V);
  ObjectId thisOf(FunctionId F); // of the method around F
  ObjectId addObject(Object O) { return U.Paths.addObject(std::move(O)); }
  void applyType(Object &O, clang::QualType T);

  Range range(clang::SourceRange R);
  std::string typeName(clang::QualType T) const;
  bool isUserCode(clang::SourceLocation L) const;

  PathId extend(PathId Base, StepKind K, llvm::StringRef Label,
                clang::QualType T);
  PathId field(PathId Base, const clang::FieldDecl *F);
  // Deref, through the copies of pointers that closures keep.
  PathId deref(PathId Pointer, clang::QualType T);

  VariableUse &use(const clang::VarDecl *V) {
    return Uses[V->getCanonicalDecl()];
  }

  clang::ASTContext &Ctx;
  const clang::SourceManager &SM;
  Names Lookup;
  Extraction &X;
  Unit &U;
  std::vector<FunctionContext> Contexts; // parallel to U.Functions
  // Range-for variables: what they range over.
  llvm::DenseMap<const clang::VarDecl *, const clang::Expr *> RangeOf;
  // Paths whose declaration names the lock that guards them.
  std::map<PathId, PathId> DeclaredGuards;

private:
  FunctionId add(const clang::FunctionDecl *D);
  void addCaptures(FunctionId F, const clang::CXXRecordDecl *Lambda);
  uint32_t fileFor(clang::FileID Id);
  void findOverriders();
  void noteVolatile(const clang::DeclaratorDecl *D, const std::string &Name);

  bool KnowsOverriders = false;
  llvm::DenseMap<const clang::CXXMethodDecl *,
                 llvm::SmallVector<const clang::CXXMethodDecl *, 2>>
      Overriders;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionId> Functions;
  llvm::DenseMap<const clang::FunctionDecl *, uint32_t> Bodiless;
  llvm::DenseMap<const clang::VarDecl *, ObjectId> Variables;
  llvm::DenseMap<const clang::VarDecl *, VariableUse> Uses;
  llvm::DenseMap<clang::FileID, uint32_t> Files;
  FunctionId NextPending = 0;
};

// Notes what the body of an outermost function does to its variables.
void noteUses(Session &S, const clang::FunctionDecl *D);

// The main file's functions: first those that reach an operation on
// concurrency.
struct MainFunctions {
  std::vector<const clang::FunctionDecl *> Relevant, Others;
};
MainFunctions mainFunctions(Session &S, llvm::ArrayRef<clang::Decl *> Decls);

// Builds the facts of one registered function.
void buildFunction(Session &S, FunctionId F);

} // namespace heddle

#endif
