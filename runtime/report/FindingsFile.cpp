// The findings file: DIR/<pid>.json, for tools that read what a run found.
//
// It appears whole or not at all: written under another name, then renamed.
#include "detect/Options.h"
#include "platform/Process.h"
#include "report/Json.h"
#include "report/Output.h"
#include "report/Sink.h"
#include "report/Suppressions.h"
#include "sched/Sched.h"

#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle {
namespace {

constexpr int kFormatVersion = 1;

void addPlace(Json &J, const Frame &F) {
  J.string("function", F.Function);
  J.string("file", F.File);
  J.number("line", F.Line);
  J.number("column", F.Column);
}

void addFrames(Json &J, const char *Key, const Frames &Stack) {
  J.beginArray(Key);
  for (const Frame &F : Stack) {
    J.beginObject();
    addPlace(J, F);
    J.string("module", F.Module).number("offset", int64_t(F.Offset));
    J.boolean("user", F.IsUser).endObject();
  }
  J.endArray();
}

void addHolding(Json &J, const FindingSide &S) {
  J.boolean("holdingKnown", S.HoldingKnown).beginArray("holding");
  for (const HeldName &H : S.Holding) {
    J.beginObject().string("name", H.Name).boolean("exclusive", H.Exclusive);
    addPlace(J, H.Taken);
    J.endObject();
  }
  J.endArray();
}

void addSide(Json &J, const FindingSide &S) {
  J.beginObject().string("what", S.What).string("detail", S.Detail);
  J.number("size", int64_t(S.Size)).string("operation", S.Operation);
  J.beginObject("strand").string("label", S.Strand);
  J.string("kind", S.IsGoroutine ? "goroutine" : "thread");
  J.number("id", int64_t(S.StrandId)).endObject();
  J.string("place", sidePlace(S)).string("source", sideSource(S));
  addFrames(J, "frames", S.Stack);
  J.beginObject("spawned");
  addPlace(J, S.Spawned);
  J.endObject();
  addHolding(J, S);
  J.endObject();
}

const char *locationKind(LocationKind Kind) {
  switch (Kind) {
  case LocationKind::Global:
    return "global";
  case LocationKind::Heap:
    return "heap";
  case LocationKind::FreedHeap:
    return "freed heap";
  case LocationKind::Stack:
    return "stack";
  case LocationKind::ThreadLocal:
    return "thread-local";
  case LocationKind::File:
    return "file descriptor";
  case LocationKind::Unknown:
    break;
  }
  return "unknown";
}

void addLocation(Json &J, const Location &L) {
  J.beginObject("location").string("kind", locationKind(L.Kind));
  J.string("name", L.Name).string("container", L.Container);
  J.number("size", int64_t(L.Size)).number("offset", int64_t(L.Offset));
  J.string("owner", L.Owner).string("file", L.Declared.File);
  J.number("line", L.Declared.Line);
  addFrames(J, "allocated", L.Allocated);
  J.endObject();
}

void addFinding(Json &J, const Finding &F) {
  J.beginObject().string("id", F.Id).string("kind", F.Kind);
  J.string("title", F.Title).number("seen", int64_t(F.Seen));
  J.beginArray("strands");
  for (const FindingSide &S : F.Sides)
    addSide(J, S);
  J.endArray();
  addLocation(J, F.Where);
  J.string("text", F.Text).endObject();
}

void addSuppressions(Json &J) {
  J.number("suppressed", int64_t(silencedFindings()));
  J.beginArray("suppressions");
  for (const Suppression &S : suppressions().all()) {
    J.beginObject().string("kind", S.Kind).string("pattern", S.Pattern);
    J.string("file", S.File).number("line", S.Line);
    J.number("matched", int64_t(S.Matched)).endObject();
  }
  J.endArray();
}

std::string program() {
  char Path[4096];
  return std::string(Path, programPath(Path, sizeof(Path)));
}

std::string fileText(int Code, double Seconds) {
  Json J;
  J.beginObject().number("heddle", kFormatVersion);
  J.string("program", program()).number("pid", getpid());
  J.number("exitCode", Code).number("milliseconds", int64_t(Seconds * 1000));
  J.string("summary", summaryLine(Code, Seconds));
  J.number("goroutines", int64_t(sched::goroutinesMade()));
  addSuppressions(J);
  J.beginArray("findings");
  for (const Finding &F : findings())
    addFinding(J, F);
  return J.endArray().endObject().text() + "\n";
}

void makeFolders(const std::string &Path) {
  for (size_t At = 1; At != std::string::npos;) {
    At = Path.find('/', At + 1);
    mkdir(Path.substr(0, At).c_str(), 0777);
  }
}

} // namespace

void writeFindingsFile(int Code, double Seconds) {
  std::string Folder = gOptions.Out;
  if (Folder.empty())
    return;
  makeFolders(Folder);
  std::string File = format("%s/%d.json", Folder.c_str(), int(getpid()));
  std::string Draft = File + ".tmp";
  int Fd = open(Draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (Fd < 0)
    return print("heddle: cannot write " + Draft +
                 "; the findings file is missing\n");
  std::string Text = fileText(Code, Seconds);
  writeAll(Fd, Text.data(), Text.size());
  closeFd(Fd);
  if (rename(Draft.c_str(), File.c_str()) != 0)
    print("heddle: cannot rename " + Draft + "\n");
}

} // namespace heddle
