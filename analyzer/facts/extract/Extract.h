// From a Clang AST to the facts of a unit.
#ifndef HEDDLE_FACTS_EXTRACT_EXTRACT_H
#define HEDDLE_FACTS_EXTRACT_EXTRACT_H

#include "core/Finding.h"
#include "facts/Facts.h"
#include "models/Models.h"

#include "facts/extract/Clang.h"

#include <memory>

namespace heddle {

// A unit together with what a host needs to point into the source again.
struct Extraction {
  Unit Facts;
  std::vector<clang::FileID> FileIds; // parallel to Unit::Files

  // The place of a byte of a file of the unit; invalid if it is of none.
  clang::SourceLocation locate(const clang::SourceManager &SM,
                               const std::string &File, uint32_t Offset) const;
};

class Session;
struct MainFunctions;

// Extracts functions among `Decls`, the declarations of the main file.
//
// Requires: parsing ended without an error that invalidates the AST.
class Extractor {
public:
  Extractor(clang::ASTContext &Ctx, llvm::ArrayRef<clang::Decl *> Decls,
            const ModelSet &Models);
  ~Extractor();

  // Those that reach an operation on concurrency, and the user code that they
  // call. A unit without any such operation has no functions and costs one
  // walk of its main file.
  const Extraction &relevant();
  // All of them as a summary for other files, with the findings that this unit
  // gives alone. Paths of files become absolute.
  std::string summarize(const std::vector<Finding> &Told);
  // As paths are in summaries.
  static std::string absolutePath(const clang::SourceManager &SM,
                                  llvm::StringRef Path);

private:
  void extract(llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  Extraction X;
  std::unique_ptr<Session> S;
  std::unique_ptr<MainFunctions> Functions;
};

} // namespace heddle

#endif
