// Streams of libc: what they read and write in the program's buffers.
//
// A use of a stream reads the first byte of its FILE, fclose writes it, and its
// descriptor. The stream's own lock orders nothing that the program did: output
// to one stream from many threads is no synchronisation. flockfile is.
#include "intercept/Files.h"
#include "intercept/Interceptor.h"
#include "intercept/StreamUse.h"

using namespace heddle;

namespace {

constinit Real<FILE *(const char *, const char *)> RealFopen("fopen");
constinit Real<FILE *(int, const char *)> RealFdopen("fdopen");
constinit Real<FILE *(const char *, const char *, FILE *)>
    RealFreopen("freopen");
constinit Real<FILE *(const char *, const char *)> RealPopen("popen");
constinit Real<int(FILE *)> RealPclose("pclose");
constinit Real<int(FILE *)> RealFclose("fclose");
constinit Real<int(const char *, FILE *)> RealFputs("fputs");
constinit Real<int(const char *)> RealPuts("puts");
constinit Real<size_t(const void *, size_t, size_t, FILE *)>
    RealFwrite("fwrite");
constinit Real<size_t(void *, size_t, size_t, FILE *)> RealFread("fread");
constinit Real<char *(char *, int, FILE *)> RealFgets("fgets");
constinit Real<ssize_t(char **, size_t *, FILE *)> RealGetline("getline");
constinit Real<ssize_t(char **, size_t *, int, FILE *)>
    RealGetdelim("getdelim");
constinit Real<void(FILE *)> RealFlockfile("flockfile");
constinit Real<int(FILE *)> RealFtrylockfile("ftrylockfile");
constinit Real<void(FILE *)> RealFunlockfile("funlockfile");

FILE *opened(FILE *F, uintptr_t Pc) {
  if (F)
    fileOpened(fileno(F), Pc);
  return F;
}

void closing(FILE *F, uintptr_t Pc) {
  if (!F || !watching())
    return;
  changeObject(currentStrand(), F, Pc);
  if (fileno(F) >= 0)
    fileClosing(fileno(F), Pc);
}

ssize_t lineRead(char **Line, const size_t *Size, ssize_t Result,
                 uintptr_t Pc) {
  writeBytes(Line, sizeof(*Line), Pc);
  writeBytes(Size, sizeof(*Size), Pc);
  if (Result > 0)
    writeBytes(*Line, size_t(Result) + 1, Pc);
  return Result;
}

} // namespace

HEDDLE_EXPORT FILE *fopen(const char *Path, const char *Mode) {
  return opened(RealFopen(Path, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT FILE *fopen64(const char *Path, const char *Mode) {
  return opened(RealFopen(Path, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT FILE *fdopen(int Fd, const char *Mode) noexcept {
  fileUsed(Fd, HEDDLE_CALLER);
  return RealFdopen(Fd, Mode);
}
HEDDLE_EXPORT FILE *freopen(const char *Path, const char *Mode, FILE *F) {
  closing(F, HEDDLE_CALLER);
  return opened(RealFreopen(Path, Mode, F), HEDDLE_CALLER);
}
HEDDLE_EXPORT FILE *popen(const char *Command, const char *Mode) {
  return opened(RealPopen(Command, Mode), HEDDLE_CALLER);
}
HEDDLE_EXPORT int pclose(FILE *F) {
  closing(F, HEDDLE_CALLER);
  return RealPclose(F);
}
HEDDLE_EXPORT int fclose(FILE *F) {
  closing(F, HEDDLE_CALLER);
  return RealFclose(F);
}

HEDDLE_EXPORT int fputs(const char *Text, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  readText(Text, HEDDLE_CALLER);
  return RealFputs(Text, F);
}
HEDDLE_EXPORT int puts(const char *Text) {
  useStream(stdout, HEDDLE_CALLER);
  readText(Text, HEDDLE_CALLER);
  return RealPuts(Text);
}
HEDDLE_EXPORT size_t fwrite(const void *From, size_t Size, size_t Count,
                            FILE *F) {
  useStream(F, HEDDLE_CALLER);
  readBytes(From, Size * Count, HEDDLE_CALLER);
  return RealFwrite(From, Size, Count, F);
}
HEDDLE_EXPORT size_t fread(void *To, size_t Size, size_t Count, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  size_t Result = RealFread(To, Size, Count, F);
  writeBytes(To, Result * Size, HEDDLE_CALLER);
  return Result;
}
HEDDLE_EXPORT char *fgets(char *To, int Size, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  char *Result = RealFgets(To, Size, F);
  if (Result)
    writeBytes(To, strlen(To) + 1, HEDDLE_CALLER);
  return Result;
}
// <cstdio> has an inline definition of that name.
HEDDLE_EXPORT ssize_t heddleGetline(char **Line, size_t *Size,
                                    FILE *F) asm("getline");
HEDDLE_EXPORT ssize_t heddleGetline(char **Line, size_t *Size, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  return lineRead(Line, Size, RealGetline(Line, Size, F), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t getdelim(char **Line, size_t *Size, int End, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  return lineRead(Line, Size, RealGetdelim(Line, Size, End, F), HEDDLE_CALLER);
}
HEDDLE_EXPORT ssize_t __getdelim(char **Line, size_t *Size, int End, FILE *F) {
  useStream(F, HEDDLE_CALLER);
  return lineRead(Line, Size, RealGetdelim(Line, Size, End, F), HEDDLE_CALLER);
}

HEDDLE_EXPORT void flockfile(FILE *F) noexcept {
  RealFlockfile(F);
  if (watching())
    syncAcquire(currentStrand(), F);
}
HEDDLE_EXPORT int ftrylockfile(FILE *F) noexcept {
  int Result = RealFtrylockfile(F);
  if (Result == 0 && watching())
    syncAcquire(currentStrand(), F);
  return Result;
}
HEDDLE_EXPORT void funlockfile(FILE *F) noexcept {
  if (watching())
    syncRelease(currentStrand(), F);
  RealFunlockfile(F);
}
