// Functions of libc that return a pointer to memory of their own, the same at
// each call, and those that fill a buffer of the program instead: both are
// writes of the caller.
#include "intercept/Interceptor.h"

#include <cstring>
#include <ctime>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>

using namespace heddle;

namespace {

constinit Real<decltype(localtime)> RealLocaltime("localtime");
constinit Real<decltype(gmtime)> RealGmtime("gmtime");
constinit Real<decltype(asctime)> RealAsctime("asctime");
constinit Real<decltype(ctime)> RealCtime("ctime");
constinit Real<decltype(localtime_r)> RealLocaltimeR("localtime_r");
constinit Real<decltype(gmtime_r)> RealGmtimeR("gmtime_r");
constinit Real<decltype(asctime_r)> RealAsctimeR("asctime_r");
constinit Real<decltype(ctime_r)> RealCtimeR("ctime_r");
constinit Real<char *(int, char *, size_t)> RealStrerrorR("strerror_r");
constinit Real<int(int, char *, size_t)> RealXpgStrerrorR("__xpg_strerror_r");
constinit Real<decltype(getpwnam)> RealGetpwnam("getpwnam");
constinit Real<decltype(getpwuid)> RealGetpwuid("getpwuid");
constinit Real<decltype(getgrnam)> RealGetgrnam("getgrnam");
constinit Real<decltype(getgrgid)> RealGetgrgid("getgrgid");
constinit Real<decltype(gethostbyname)> RealGethostbyname("gethostbyname");

void readBytes(const void *From, size_t Size, uintptr_t Pc) {
  if (watching())
    access(currentStrand(), From, Size, false, Pc);
}

template <class T> T *filled(T *Result, uintptr_t Pc) {
  if (Result && watching())
    access(currentStrand(), Result, sizeof(T), true, Pc);
  return Result;
}
char *filledText(char *Result, uintptr_t Pc) {
  if (Result && watching())
    access(currentStrand(), Result, strlen(Result) + 1, true, Pc);
  return Result;
}

} // namespace

HEDDLE_EXPORT tm *localtime(const time_t *Time) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filled(RealLocaltime(Time), HEDDLE_CALLER);
}
HEDDLE_EXPORT tm *gmtime(const time_t *Time) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filled(RealGmtime(Time), HEDDLE_CALLER);
}
HEDDLE_EXPORT char *asctime(const tm *Time) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filledText(RealAsctime(Time), HEDDLE_CALLER);
}
HEDDLE_EXPORT char *ctime(const time_t *Time) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filledText(RealCtime(Time), HEDDLE_CALLER);
}
HEDDLE_EXPORT tm *localtime_r(const time_t *Time, tm *Out) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filled(RealLocaltimeR(Time, Out), HEDDLE_CALLER);
}
HEDDLE_EXPORT tm *gmtime_r(const time_t *Time, tm *Out) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filled(RealGmtimeR(Time, Out), HEDDLE_CALLER);
}
HEDDLE_EXPORT char *asctime_r(const tm *Time, char *Out) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filledText(RealAsctimeR(Time, Out), HEDDLE_CALLER);
}
HEDDLE_EXPORT char *ctime_r(const time_t *Time, char *Out) noexcept {
  readBytes(Time, sizeof(*Time), HEDDLE_CALLER);
  return filledText(RealCtimeR(Time, Out), HEDDLE_CALLER);
}

// GNU's: known errors have a text of their own, and the buffer is left alone.
HEDDLE_EXPORT char *strerror_r(int Error, char *Out, size_t Size) noexcept {
  char *Result = RealStrerrorR(Error, Out, Size);
  return Result == Out && Size ? filledText(Result, HEDDLE_CALLER) : Result;
}
// POSIX's.
HEDDLE_EXPORT int __xpg_strerror_r(int Error, char *Out, size_t Size) noexcept {
  int Result = RealXpgStrerrorR(Error, Out, Size);
  if (Size)
    filledText(Out, HEDDLE_CALLER);
  return Result;
}

HEDDLE_EXPORT passwd *getpwnam(const char *Name) {
  return filled(RealGetpwnam(Name), HEDDLE_CALLER);
}
HEDDLE_EXPORT passwd *getpwuid(uid_t User) {
  return filled(RealGetpwuid(User), HEDDLE_CALLER);
}
HEDDLE_EXPORT group *getgrnam(const char *Name) {
  return filled(RealGetgrnam(Name), HEDDLE_CALLER);
}
HEDDLE_EXPORT group *getgrgid(gid_t Group) {
  return filled(RealGetgrgid(Group), HEDDLE_CALLER);
}
HEDDLE_EXPORT hostent *gethostbyname(const char *Name) {
  return filled(RealGethostbyname(Name), HEDDLE_CALLER);
}
