// Makes no_sanitize("heddle") and no_sanitize("thread") known to the pass.
//
// clang drops what these attributes say unless the sanitizer is its own and
// switched on. A front-end action that runs before code generation puts an
// annotation beside them, which reaches the IR for every kind of function,
// lambdas included.
#include "Exclusion.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

using namespace clang;

namespace heddle {
namespace {

bool isExcluded(const FunctionDecl &F) {
  for (const auto *A : F.specific_attrs<NoSanitizeAttr>())
    for (StringRef Name : A->sanitizers())
      if (Name == "heddle" || Name == "thread")
        return true;
  return false;
}

bool isMarked(const FunctionDecl &F) {
  return llvm::any_of(F.specific_attrs<AnnotateAttr>(), [](const auto *A) {
    return A->getAnnotation() == kNoSanitize;
  });
}

class Marker : public RecursiveASTVisitor<Marker> {
public:
  explicit Marker(ASTContext &Context) : Context(Context) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitLambdaBody() const { return true; }

  bool VisitFunctionDecl(FunctionDecl *F) {
    mark(*F);
    return true;
  }

  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    mark(*Lambda->getCallOperator());
    return true;
  }

  void mark(FunctionDecl &F) {
    if (!isMarked(F) && isExcluded(F))
      F.addAttr(AnnotateAttr::CreateImplicit(Context, kNoSanitize, nullptr, 0));
  }

private:
  ASTContext &Context;
};

// Sees each declaration before the code generator does.
class MarkingConsumer : public ASTConsumer {
public:
  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      Marker(D->getASTContext()).TraverseDecl(D);
    return true;
  }
  void HandleInlineFunctionDefinition(FunctionDecl *F) override {
    Marker(F->getASTContext()).mark(*F);
  }
  void HandleCXXImplicitFunctionInstantiation(FunctionDecl *F) override {
    Marker(F->getASTContext()).mark(*F);
  }
};

class MarkingAction : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<MarkingConsumer>();
  }
  bool ParseArgs(const CompilerInstance &,
                 const std::vector<std::string> &) override {
    return true;
  }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

FrontendPluginRegistry::Add<MarkingAction>
    Register("heddle-no-sanitize", "keeps excluded functions from the pass");

} // namespace
} // namespace heddle
