// Makes paths relative, and URIs of paths.
#include "report/Paths.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace heddle {

std::string relativeTo(const std::string &Root, const std::string &Path) {
  llvm::SmallString<256> Full(Path);
  llvm::sys::fs::make_absolute(Root, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  llvm::StringRef Rest = Full.str();
  if (Rest.consume_front(Root) && Rest.consume_front("/"))
    return Rest.str();
  return std::string(Full);
}

std::string uriPath(const std::string &Path) {
  std::string Uri;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Uri += char(C);
    else
      Uri += "%" + llvm::utohexstr(C, /*LowerCase=*/false, /*Width=*/2);
  }
  return Uri;
}

} // namespace heddle
