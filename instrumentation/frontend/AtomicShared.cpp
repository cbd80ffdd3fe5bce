// Makes std::atomic<std::shared_ptr> of libstdc++ release what it has read.
//
// Its load and its failed exchange read the pointer under a lock bit and clear
// the bit with a relaxed operation. So nothing orders the read before the next
// store of the pointer: a race inside the library by the rules of C++, harmless
// on every machine. A front-end action that runs before code generation gives
// these unlocks release order: for the callers nothing else changes.
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

using namespace clang;

namespace heddle {
namespace {

// Finds std::memory_order_release, and puts it in the place of
// std::memory_order_relaxed in calls of unlock and fetch_sub.
class Strengthener : public RecursiveASTVisitor<Strengthener> {
public:
  explicit Strengthener(VarDecl &Release) : Release(Release) {}

  bool VisitCallExpr(CallExpr *Call) {
    if (isUnlock(*Call->getCallee()))
      for (Expr *Argument : Call->arguments())
        strengthen(*Argument);
    return true;
  }

private:
  static bool isUnlock(const Expr &Callee) {
    DeclarationName Name;
    if (auto *M = dyn_cast<MemberExpr>(&Callee))
      Name = M->getMemberDecl()->getDeclName();
    else if (auto *M = dyn_cast<CXXDependentScopeMemberExpr>(&Callee))
      Name = M->getMember();
    return Name.isIdentifier() && Name.getAsIdentifierInfo() &&
           (Name.getAsIdentifierInfo()->isStr("unlock") ||
            Name.getAsIdentifierInfo()->isStr("fetch_sub"));
  }

  void strengthen(Expr &Argument) {
    auto *Order = dyn_cast<DeclRefExpr>(Argument.IgnoreImpCasts());
    if (Order && Order->getDecl()->getDeclName().isIdentifier() &&
        Order->getDecl()->getName() == "memory_order_relaxed")
      Order->setDecl(&Release);
  }

  VarDecl &Release;
};

VarDecl *findRelease(NamespaceDecl &Std) {
  ASTContext &Context = Std.getASTContext();
  for (NamedDecl *D : Std.lookup(&Context.Idents.get("memory_order_release")))
    if (auto *V = dyn_cast<VarDecl>(D))
      return V;
  return nullptr;
}

// Sees namespace std before any of its templates is instantiated by users.
class StrengtheningConsumer : public ASTConsumer {
public:
  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (auto *Std = dyn_cast<NamespaceDecl>(D); Std && Std->isStdNamespace())
        visit(*Std, *Std);
    return true;
  }

private:
  void visit(NamespaceDecl &Std, DeclContext &Within) {
    for (Decl *D : Within.decls()) {
      if (auto *Inner = dyn_cast<NamespaceDecl>(D))
        visit(Std, *Inner);
      auto *Class = dyn_cast<ClassTemplateDecl>(D);
      VarDecl *Release;
      if (Class && Class->getName() == "_Sp_atomic" &&
          (Release = findRelease(Std)))
        Strengthener(*Release).TraverseDecl(Class->getTemplatedDecl());
    }
  }
};

class StrengtheningAction : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<StrengtheningConsumer>();
  }
  bool ParseArgs(const CompilerInstance &,
                 const std::vector<std::string> &) override {
    return true;
  }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

FrontendPluginRegistry::Add<StrengtheningAction>
    Register("heddle-atomic-shared",
             "orders reads of atomic shared pointers before later stores");

} // namespace
} // namespace heddle
