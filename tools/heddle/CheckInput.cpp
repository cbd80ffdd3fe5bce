// Resolves paths against the compilation database and the file system.
#include "CheckInput.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringSwitch.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <algorithm>

namespace heddle {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

std::string absolute(llvm::StringRef Path, llvm::StringRef Base = "") {
  llvm::SmallString<256> Full(Path);
  if (Base.empty())
    fs::make_absolute(Full);
  else
    fs::make_absolute(Base, Full);
  path::remove_dots(Full, /*remove_dot_dot=*/true);
  return std::string(Full);
}

std::string databaseOf(const std::string &Folder) {
  return Folder + "/compile_commands.json";
}

// The build folder that belongs to the working folder, or "".
std::string findBuildPath() {
  std::string Folder = absolute(".");
  while (true) {
    for (std::string Candidate : {Folder, Folder + "/build"})
      if (fs::exists(databaseOf(Candidate)))
        return Candidate;
    llvm::StringRef Parent = path::parent_path(Folder);
    if (Parent.empty() || Parent == Folder)
      return "";
    Folder = Parent.str();
  }
}

// The files of a compilation database; false if it is none.
bool readDatabase(const std::string &BuildPath,
                  std::vector<std::string> &Files) {
  auto Buffer = llvm::MemoryBuffer::getFile(databaseOf(BuildPath));
  if (!Buffer)
    return false;
  auto Value = llvm::json::parse((*Buffer)->getBuffer());
  const llvm::json::Array *Entries = Value ? Value->getAsArray() : nullptr;
  if (!Entries) {
    llvm::consumeError(Value.takeError());
    return false;
  }
  for (const llvm::json::Value &V : *Entries)
    if (const llvm::json::Object *Entry = V.getAsObject())
      if (auto File = Entry->getString("file"))
        Files.push_back(
            absolute(*File, Entry->getString("directory").value_or("")));
  return true;
}

bool isSource(llvm::StringRef File) {
  return llvm::StringSwitch<bool>(path::extension(File))
      .Cases(".c", ".cc", ".cpp", ".cxx", ".C", true)
      .Default(false);
}

void addSourcesBelow(const std::string &Folder,
                     std::vector<std::string> &Files) {
  std::error_code Error;
  for (fs::recursive_directory_iterator I(Folder, Error), End;
       I != End && !Error; I.increment(Error))
    if (isSource(I->path()))
      Files.push_back(I->path());
}

void addPath(const std::string &Path, const std::vector<std::string> &Database,
             CheckInput &In) {
  std::string Full = absolute(Path);
  if (!fs::exists(Full)) {
    In.Mistake = "no file or folder '" + Path + "'";
    return;
  }
  if (!fs::is_directory(Full)) {
    In.Files.push_back(Full);
    return;
  }
  size_t Before = In.Files.size();
  if (In.BuildPath.empty())
    addSourcesBelow(Full, In.Files);
  else
    llvm::copy_if(Database, std::back_inserter(In.Files),
                  [&](const std::string &File) {
                    return llvm::StringRef(File).starts_with(Full + "/");
                  });
  if (In.Files.size() == Before)
    In.Mistake = "no source file to check below '" + Path + "'";
}

} // namespace

// Whether a database that was found, not named, has to do with Paths.
static bool concerns(const std::vector<std::string> &Database,
                     const std::vector<std::string> &Paths) {
  return Paths.empty() || llvm::any_of(Paths, [&](const std::string &Path) {
           std::string Full = absolute(Path);
           return llvm::any_of(Database, [&](llvm::StringRef File) {
             return File == Full || File.starts_with(Full + "/");
           });
         });
}

CheckInput findCheckInput(const std::vector<std::string> &Paths,
                          const std::string &BuildPath) {
  CheckInput In;
  std::vector<std::string> Database;
  In.BuildPath = BuildPath.empty() ? findBuildPath() : BuildPath;
  if (!In.BuildPath.empty() && !readDatabase(In.BuildPath, Database)) {
    In.Mistake = "no compile_commands.json in '" + In.BuildPath +
                 "'; configure with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";
    return In;
  }
  if (BuildPath.empty() && !concerns(Database, Paths))
    In.BuildPath.clear();
  if (Paths.empty() && Database.empty())
    In.Mistake = "nothing to check; name files, or a build folder with -p";
  if (Paths.empty())
    In.Files = Database;
  for (const std::string &Path : Paths)
    addPath(Path, Database, In);
  std::sort(In.Files.begin(), In.Files.end());
  In.Files.erase(std::unique(In.Files.begin(), In.Files.end()), In.Files.end());
  return In;
}

} // namespace heddle
