// How frames are told apart, named and placed.
#include "report/Frame.h"

#include "platform/Process.h"

#include <cctype>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace heddle {
namespace {

bool startsWith(const std::string &S, const char *Prefix) {
  return S.compare(0, strlen(Prefix), Prefix) == 0;
}
bool contains(const std::string &S, const char *Part) {
  return S.find(Part) != std::string::npos;
}

bool isLibraryFile(const std::string &File) {
  return startsWith(File, "/usr/include/") || startsWith(File, "/usr/lib/") ||
         startsWith(File, "/usr/local/include/") ||
         contains(File, "/include/c++/") || contains(File, "/include/go/") ||
         contains(File, "/include/heddle/") || startsWith(File, "./nptl/") ||
         startsWith(File, "../sysdeps/");
}

bool isLibraryFunction(const std::string &Name) {
  static const char *const Prefixes[] = {"std::",
                                         "__gnu_cxx::",
                                         "go::",
                                         "_start",
                                         "__libc_start",
                                         "start_thread",
                                         "clone",
                                         "__clone",
                                         "decltype(auto) std::",
                                         "void std::",
                                         "__cxx_global",
                                         "call_init",
                                         "execute_native_thread_routine"};
  for (const char *P : Prefixes)
    if (startsWith(Name, P))
      return true;
  return false;
}

std::string relative(const std::string &File) {
  char Cwd[1024];
  if (!getcwd(Cwd, sizeof(Cwd)))
    return File;
  size_t N = strlen(Cwd);
  bool Below = File.size() > N + 1 && startsWith(File, Cwd) && File[N] == '/';
  return Below && N > 1 ? File.substr(N + 1) : File;
}

} // namespace

void classify(Frame &F, bool InRuntime, bool InProgram) {
  if (InRuntime || !InProgram)
    F.IsUser = false;
  else if (isLibraryFile(F.File))
    F.IsUser = false;
  else if (F.File.empty() || !F.Line) // of a library's object, its name
    F.IsUser = !F.Function.empty() && !isLibraryFunction(F.Function);
  else
    F.IsUser = true;
}

const Frame *userFrame(const Frames &Stack) {
  for (const Frame &F : Stack)
    if (F.IsUser)
      return &F;
  return Stack.empty() ? nullptr : &Stack.front();
}

std::string placeText(const Frame &F) {
  if (F.File.empty()) {
    const char *Slash = strrchr(F.Module.c_str(), '/');
    const char *Base = Slash ? Slash + 1 : F.Module.c_str();
    return format("%s+0x%zx", *Base ? Base : "??", size_t(F.Offset));
  }
  std::string Text = relative(F.File) + format(":%d", F.Line);
  return F.Column ? Text + format(":%d", F.Column) : Text;
}

std::string placeText(const SourceSite &Site) {
  if (!Site.File)
    return "an unknown place";
  std::string Text = relative(Site.File) + format(":%d", Site.Line);
  return Site.Column ? Text + format(":%d", Site.Column) : Text;
}

namespace {

// Position of the parenthesis that the last character of S closes.
size_t matchingOpen(const std::string &S) {
  int Depth = 0;
  for (size_t I = S.size(); I-- > 0;) {
    Depth += S[I] == ')' ? 1 : S[I] == '(' ? -1 : 0;
    if (Depth == 0)
      return I;
  }
  return std::string::npos;
}

void dropSuffix(std::string &S, const char *Suffix) {
  size_t N = strlen(Suffix);
  if (S.size() >= N && S.compare(S.size() - N, N, Suffix) == 0)
    S.resize(S.size() - N);
}

void dropReturnType(std::string &S) {
  int Depth = 0;
  size_t Begin = 0;
  for (size_t I = 0; I < S.size(); ++I) {
    char C = S[I];
    Depth += C == '<' || C == '(' ? 1 : C == '>' || C == ')' ? -1 : 0;
    if (startsWith(S.substr(I), "operator"))
      break;
    if (C == ' ' && Depth == 0)
      Begin = I + 1;
  }
  S.erase(0, Begin);
}

} // namespace

std::string functionText(const std::string &Function) {
  std::string S = Function;
  for (const char *Part : {"(anonymous namespace)::", "[abi:cxx11]"})
    for (size_t At; (At = S.find(Part)) != std::string::npos;)
      S.erase(At, strlen(Part));
  dropSuffix(S, " const");
  if (!S.empty() && S.back() == ')') {
    size_t Open = matchingOpen(S);
    bool IsName = Open >= 8 && S.compare(Open - 8, 8, "operator") == 0;
    if (Open != std::string::npos && Open > 0 && !IsName)
      S.resize(Open);
  }
  dropReturnType(S);
  if (S.size() > 10 && S.compare(S.size() - 10, 10, "operator()") == 0 &&
      (contains(S, "$_") || contains(S, "lambda"))) {
    size_t At = S.find("::$_");
    if (At == std::string::npos)
      At = S.find("::'lambda");
    return S.substr(0, At) + " lambda";
  }
  if (S == "operator()")
    return "lambda";
  if (S.size() > 48)
    S = S.substr(0, 45) + "...";
  return S;
}

std::string sourceLine(const std::string &File, int Line) {
  // Whoever started a privileged program chose the folder, and what lies in it.
  bool Readable = Line > 0 && (File[0] == '/' || !isPrivileged());
  FILE *F = Readable ? fopen(File.c_str(), "re") : nullptr;
  if (!F)
    return "";
  std::string Text;
  int C, At = 1;
  while (At <= Line && Text.size() < 4096 && (C = getc(F)) != EOF) {
    if (C == '\n')
      ++At;
    else if (At == Line)
      Text += char(C);
  }
  fclose(F);
  return Text;
}

namespace {

bool isNameChar(char C) {
  return isalnum(static_cast<unsigned char>(C)) || C == '_';
}

} // namespace

std::string sourceText(const std::string &File, int Line, int Column,
                       size_t Max) {
  std::string Text = sourceLine(File, Line);
  size_t Begin = Text.find_first_not_of(" \t");
  size_t End = Text.find_last_not_of(" \t\r");
  if (Begin == std::string::npos)
    return "";
  size_t At = Column > 0 ? size_t(Column - 1) : 0;
  bool Shown = At + Max / 3 < Begin + Max;
  bool CutFront = End + 1 - Begin > Max && !Shown && At < End;
  if (CutFront)
    Begin = At;
  Text = (CutFront ? "..." : "") + Text.substr(Begin, End - Begin + 1);
  return Text.size() > Max ? Text.substr(0, Max - 3) + "..." : Text;
}

std::string sourceVariable(const Frame &F) {
  std::string Text = sourceLine(F.File, F.Line);
  size_t At = size_t(F.Column - 1);
  if (F.Column <= 0 || At >= Text.size())
    return "";
  // An operator's column: the operand stands at the statement's beginning.
  if (!isNameChar(Text[At])) {
    size_t Before = Text.find_last_of(";{}", At);
    At = Text.find_first_not_of(" \t",
                                Before == std::string::npos ? 0 : Before + 1);
  }
  size_t End = At;
  if (At >= 1 && Text[At - 1] == '.')
    End = At - 1;
  else if (At >= 2 && Text.compare(At - 2, 2, "->") == 0)
    End = At - 2;
  size_t Begin = End;
  if (End == At)
    while (End < Text.size() && isNameChar(Text[End]))
      ++End;
  else
    while (Begin > 0 && isNameChar(Text[Begin - 1]))
      --Begin;
  bool IsObject = End < Text.size() && strchr("[.-;,) =", Text[End]);
  return !IsObject ? "" : Text.substr(Begin, End - Begin);
}

std::string format(const char *Format, ...) {
  char Buffer[512];
  va_list Args;
  va_start(Args, Format);
  int N = vsnprintf(Buffer, sizeof(Buffer), Format, Args);
  va_end(Args);
  if (size_t(N) < sizeof(Buffer))
    return std::string(Buffer, size_t(N));
  std::string Text(size_t(N) + 1, 0);
  va_start(Args, Format);
  vsnprintf(Text.data(), Text.size(), Format, Args);
  va_end(Args);
  Text.pop_back();
  return Text;
}

} // namespace heddle
