// Builds the facts of one function: operations first, then control flow.
#ifndef HEDDLE_FACTS_EXTRACT_BUILDER_H
#define HEDDLE_FACTS_EXTRACT_BUILDER_H

#include "facts/extract/Expressions.h"

#include <optional>
#include <set>

namespace heddle {

class FunctionBuilder {
public:
  FunctionBuilder(Session &S, FunctionId Id)
      : S(S), Id(Id), D(S.Contexts[Id].Decl), X(S, Id) {}

  void build();

private:
  // Places.cpp: statements, and where results go.
  void survey();
  void setStatements();
  void setNeeds();

  // Operations.cpp: what the elements of the control-flow graph do.
  void element(const clang::CFGElement &E);
  void statement(const clang::Stmt *St);
  void declare(const clang::VarDecl *V);
  void follow(PathId Whole, const clang::FieldDecl *F, const clang::Expr *Init);
  void constructorInitializer(const clang::CXXCtorInitializer *I);
  void assignment(const clang::Expr *Left, const clang::Expr *Whole,
                  bool Reads);
  void access(OpKind K, const clang::Expr *E);
  bool isShareable(PathId P) const;
  bool isReachable(PathId P) const;
  void lambda(const clang::LambdaExpr *L);
  void atomic(const clang::AtomicExpr *A);
  void returned(const clang::ReturnStmt *R);
  Op &emit(OpKind K, clang::SourceRange Where);

  // Stores.cpp: what is put where it outlives the statement.
  void store(PathId To, clang::QualType T, const clang::Expr *From,
             clang::SourceRange Where);
  void storeElement(const CallParts &P);
  void aggregate(const clang::InitListExpr *L);
  void assignObject(const clang::CXXOperatorCallExpr *O);
  void readObject(const clang::Expr *E);
  bool fillsItself(const clang::Expr *From, PathId To);

  // Calls.cpp: calls and constructions.
  void call(const clang::Expr *E);
  void construct(const clang::CXXConstructExpr *C);
  void transfer(PathId To, clang::QualType T, const clang::Expr *From,
                bool Moves, const clang::Expr *Whole);
  void userCall(const CallParts &P, FunctionId Callee, PathId This,
                PathId Result);
  void bindArguments(Op &O, const Task &T,
                     llvm::ArrayRef<const clang::Expr *> Args, size_t Skip,
                     bool Copies);
  bool takesReference(const Task &T, size_t Param) const;
  void setTask(Op &O, const Task &T);
  void unknownCall(const CallParts &P, const clang::FunctionDecl *Callee,
                   PathId This);
  void link(const CallParts &P, const clang::FunctionDecl *Callee, PathId This);
  bool rangeOverChannel(const clang::CXXOperatorCallExpr *O);
  PathId resultOf(const clang::Expr *E);

  // Values.cpp: values of several words, used as a whole.
  void accessValue(const clang::Expr *E, bool Writes, clang::SourceRange Where);
  void useValues(const CallParts &P, const FunctionModel *M);

  // Modelled.cpp: what the models say that a call does.
  void modelled(const FunctionModel &M, const CallParts &P, PathId Result);
  void spawn(const FunctionModel &M, const CallParts &P, PathId Result);
  void select(const CallParts &P);
  void waitForCondition(const FunctionModel &M, const CallParts &P);
  void runs(const FunctionModel &M, const CallParts &P, OpKind K);
  void inPlace(const FunctionModel &M, const CallParts &P);
  PathId objectOf(const FunctionModel &M, const CallParts &P, PathId Result);
  // The result is a temporary that dies with its statement.
  bool isDropped(const clang::Expr *Whole, PathId Result) const;
  Amount countOf(const FunctionModel &M, const CallParts &P, int64_t Default);

  // Guards.cpp: locks, taken by hand and by guards.
  void acquire(const FunctionModel &M, const CallParts &P);
  bool mayNest(const clang::Expr *Lock);
  bool readersNest(const clang::Expr *Lock);
  void guardBind(const FunctionModel &M, const CallParts &P, PathId Result);
  void guardUse(const FunctionModel &M, const CallParts &P);

  // Lifetimes.cpp: what ends with an object.
  void destroyVariable(const clang::VarDecl *V, clang::SourceLocation At);
  void destroy(PathId P, clang::QualType T, clang::SourceRange At,
               unsigned Depth);
  void destroyMembers(PathId P, const clang::CXXRecordDecl *R,
                      clang::SourceRange At, unsigned Depth);
  void endOfLife(const clang::VarDecl *V, clang::SourceLocation At);
  void destroyGuard(PathId P, clang::SourceRange At);

  // ControlFlow.cpp: blocks, conditions, loops.
  void controlFlow(const clang::CFG &Cfg);
  void successors(const clang::CFGBlock &B, Block &Out);
  CondId condition(const clang::Expr *E, bool &Negated,
                   std::optional<int64_t> &Case);
  OpId opBehind(const clang::Expr *E, unsigned Depth = 0);
  void findLoops(const clang::CFG &Cfg);
  void describeLoop(Loop &L, const clang::Stmt *St);
  void describeRange(Loop &L, const clang::CXXForRangeStmt *R);
  std::optional<int64_t> fixedSize(const clang::Expr *E);
  void placeObjects();

  struct Bound { // what a guard holds
    std::vector<PathId> Locks;
    bool Shared = false;
    OpId Acquire = kNone; // the last operation that took them
  };
  struct Placed { // a statement of this function
    Range Where;
  };

  Session &S;
  FunctionId Id;
  const clang::FunctionDecl *D;
  Expressions X;
  std::vector<Op> Ops;
  std::vector<Block> Blocks;
  std::vector<Loop> Loops;
  std::vector<Placed> Statements;
  llvm::DenseMap<const clang::Expr *, OpId> OpOf;
  llvm::DenseMap<const clang::Expr *, PathId> Targets;
  llvm::DenseMap<const clang::CXXBindTemporaryExpr *, PathId> Temporaries;
  llvm::DenseSet<const clang::Expr *> Dropped; // results that die at once
  // Fields of aggregates that have no name to find them by.
  llvm::DenseSet<const clang::Expr *> Unfollowed;
  llvm::DenseMap<unsigned, BlockId> BlockIds;
  std::map<PathId, Bound> Guards;
  std::map<PathId, Task> Deferred;
  std::set<PathId> MovedFrom;
  std::vector<std::pair<ObjectId, BlockId>> Declared;
  BlockId Current = kNone;
};

// What a member is initialised with: in the constructor, or where the member is
// declared.
const clang::Expr *writtenInit(const clang::CXXCtorInitializer *I);

} // namespace heddle

#endif
