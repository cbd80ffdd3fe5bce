// The dialogue with llvm-symbolizer: one question a line, answers end with an
// empty line.
#include "report/Symbolizer.h"

#include "detect/Options.h"
#include "platform/Modules.h"
#include "platform/Process.h"
#include "report/Output.h"

#include <cstdlib>
#include <cstring>
#include <map>
#include <unistd.h>

namespace heddle {
namespace {

constexpr int kPatienceSeconds = 60;

struct Helper {
  int Fd = -1;
  bool Tried = false;
  std::map<uintptr_t, Frames> Known; // by return address
};

// Never destroyed: reports may come after static destructors.
Helper &helper() {
  static Helper *H = new Helper;
  return *H;
}

std::string findOnPath(const std::string &Name) {
  const char *Path = environmentVariable("PATH");
  std::string Rest = Path ? Path : "/usr/local/bin:/usr/bin:/bin";
  while (!Rest.empty()) {
    size_t Colon = Rest.find(':');
    std::string File = Rest.substr(0, Colon) + "/" + Name;
    if (File[0] == '/' && access(File.c_str(), X_OK) == 0)
      return File;
    Rest = Colon == std::string::npos ? "" : Rest.substr(Colon + 1);
  }
  return "";
}

std::string findHelper() {
  if (*gOptions.Symbolizer)
    return access(gOptions.Symbolizer, X_OK) == 0 ? gOptions.Symbolizer : "";
  std::string File = findOnPath("llvm-symbolizer-19");
  if (File.empty() && access("/usr/lib/llvm-19/bin/llvm-symbolizer", X_OK) == 0)
    File = "/usr/lib/llvm-19/bin/llvm-symbolizer";
  return File.empty() ? findOnPath("llvm-symbolizer") : File;
}

void start(Helper &H) {
  H.Tried = true;
  std::string Path = findHelper();
  if (!Path.empty()) {
    const char *Argv[] = {Path.c_str(), "--inlining", "--demangle", nullptr};
    H.Fd = spawnHelper(Argv);
  }
  if (H.Fd < 0)
    print("heddle: reports name no source lines: llvm-symbolizer not found; "
          "apt-get install llvm-19, or HEDDLE=symbolizer=PATH\n");
}

void giveUp(Helper &H) {
  closeFd(H.Fd);
  H.Fd = -1;
  print("heddle: llvm-symbolizer has stopped answering; "
        "further reports name no source lines\n");
}

// The answer's lines, without the empty one at the end.
std::vector<std::string> ask(const std::string &Question) {
  Helper &H = helper();
  if (!H.Tried)
    start(H);
  std::string Answer;
  if (H.Fd < 0)
    return {};
  bool Alive = sendAll(H.Fd, Question.data(), Question.size());
  while (Alive && !(Answer.size() >= 2 &&
                    Answer.compare(Answer.size() - 2, 2, "\n\n") == 0)) {
    char Buffer[4096];
    size_t N = receiveSome(H.Fd, Buffer, sizeof(Buffer), kPatienceSeconds);
    Alive = N > 0;
    Answer.append(Buffer, N);
  }
  if (!Alive) {
    giveUp(H);
    return {};
  }
  std::vector<std::string> Lines;
  for (size_t At = 0, End; (End = Answer.find('\n', At)) > At; At = End + 1)
    Lines.push_back(Answer.substr(At, End - At));
  return Lines;
}

// Splits 'file:line:column' or 'file:line'; '??' is no file.
void parsePlace(std::string Text, int Numbers, std::string &File, int &Line,
                int &Column) {
  int Values[2] = {0, 0};
  for (int I = Numbers; I-- > 0;) {
    size_t Colon = Text.rfind(':');
    if (Colon == std::string::npos)
      return;
    Values[I] = atoi(Text.c_str() + Colon + 1);
    Text.resize(Colon);
  }
  if (Text == "??")
    return;
  File = Text;
  Line = Values[0];
  Column = Values[1];
}

std::string question(const char *What, const Module &M) {
  return format("%s \"%s\" 0x%zx\n", What, M.Path, size_t(M.Offset));
}

bool isSystemPath(const char *Path) {
  return !strncmp(Path, "/lib", 4) || !strncmp(Path, "/usr/lib", 8) ||
         Path[0] == '[' || !strncmp(Path, "linux-", 6);
}

// '/usr/lib/../include/x.h' -> '/usr/include/x.h'.
void normalise(std::string &File) {
  for (size_t At; (At = File.find("/../")) != std::string::npos && At > 0;) {
    size_t Before = File.rfind('/', At - 1);
    if (Before == std::string::npos)
      return;
    File.erase(Before, At + 3 - Before);
  }
  for (size_t At; (At = File.find("/./")) != std::string::npos;)
    File.erase(At, 2);
}

Frames lookUp(uintptr_t Pc) {
  Module M;
  Frame Bare;
  if (!findModule(Pc - 1, M))
    return {Bare};
  --Pc;
  Bare.Module = M.Path;
  Bare.Offset = M.Offset;
  bool InProgram = !M.IsRuntime && !isSystemPath(M.Path);
  std::vector<std::string> Lines = ask(question("CODE", M));
  Frames Result;
  for (size_t I = 0; I + 1 < Lines.size(); I += 2) {
    Frame F = Bare;
    F.Function = Lines[I] == "??" ? "" : Lines[I];
    parsePlace(Lines[I + 1], 2, F.File, F.Line, F.Column);
    normalise(F.File);
    classify(F, M.IsRuntime, InProgram);
    Result.push_back(F);
  }
  if (Result.empty()) {
    Bare.IsUser = InProgram;
    Result.push_back(Bare);
  }
  return Result;
}

} // namespace

const Frames &symbolize(uintptr_t Pc) {
  auto &Known = helper().Known;
  auto At = Known.find(Pc);
  if (At == Known.end())
    At = Known.emplace(Pc, lookUp(Pc)).first;
  return At->second;
}

Frames symbolize(StackRef Stack) {
  Frames All;
  for (size_t I = 0; I < Stack.Size; ++I) {
    const Frames &Here = symbolize(Stack.Pcs[I]);
    All.insert(All.end(), Here.begin(), Here.end());
  }
  return All;
}

bool symbolizeData(uintptr_t Addr, Variable &Out) {
  Module M;
  if (!findModule(Addr, M))
    return false;
  std::vector<std::string> Lines = ask(question("DATA", M));
  if (Lines.size() < 2 || Lines[0] == "??")
    return false;
  Out.Name = Lines[0];
  size_t Abi = Out.Name.find("[abi:");
  if (Abi != std::string::npos)
    Out.Name.resize(Abi);
  char *End;
  Out.Begin = strtoull(Lines[1].c_str(), &End, 10);
  Out.Size = strtoull(End, nullptr, 10);
  int Column;
  if (Lines.size() > 2)
    parsePlace(Lines[2], 1, Out.File, Out.Line, Column);
  return true;
}

void symbolizerAfterFork() {
  Helper &H = helper();
  if (H.Fd >= 0)
    closeFd(H.Fd);
  H.Fd = -1;
  H.Tried = false;
}

} // namespace heddle
