// From a Clang AST to the facts of a unit.
#ifndef HEDDLE_FACTS_EXTRACT_EXTRACT_H
#define HEDDLE_FACTS_EXTRACT_EXTRACT_H

#include "facts/Facts.h"
#include "models/Models.h"

#include "facts/extract/Clang.h"

namespace heddle {

// A unit together with what a host needs to point into the source again.
struct Extraction {
  Unit Facts;
  std::vector<clang::FileID> FileIds; // parallel to Unit::Files

  // The place of a byte of a file of the unit; invalid if it is of none.
  clang::SourceLocation locate(const clang::SourceManager &SM,
                               const std::string &File, uint32_t Offset) const;
};

// Extracts the functions among `Decls` (declarations of the main file) that
// reach an operation on concurrency, and the user code that they call. A unit
// without any such operation has no functions and costs one walk of its main
// file.
//
// Requires: parsing ended without an error that invalidates the AST.
Extraction extractFacts(clang::ASTContext &Ctx,
                        llvm::ArrayRef<clang::Decl *> Decls,
                        const ModelSet &Models);

} // namespace heddle

#endif
