// The policies that write a schedule and that follow one.
#include "base/Check.h"
#include "heddle/ScheduleFile.h"
#include "sched/Policy.h"

#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace heddle::sched {
namespace {

[[noreturn]] void giveUp(const std::string &File, const std::string &What) {
  printError("heddle: ", File.c_str(), ": ", (What + "\n").c_str());
  _exit(2);
}

bool readFile(const char *Path, std::string &Out) {
  int Fd = open(Path, O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return false;
  char Buffer[65536];
  ssize_t N;
  while ((N = read(Fd, Buffer, sizeof(Buffer))) > 0)
    Out.append(Buffer, size_t(N));
  close(Fd);
  return N == 0;
}

// A file that grows through a shared mapping: what was appended is there
// whatever ends the process.
class GrowingFile {
public:
  explicit GrowingFile(const std::string &Path)
      : Fd(open(Path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)),
        Owner(getpid()) {}
  GrowingFile(const GrowingFile &) = delete;
  GrowingFile &operator=(const GrowingFile &) = delete;
  ~GrowingFile() {
    if (Window)
      munmap(Window, kWindow);
    if (Fd < 0)
      return;
    if (getpid() == Owner && ftruncate(Fd, off_t(Begin + Used)))
      check(false, "a recorded schedule ends with zeros");
    close(Fd);
  }
  bool ok() const { return Fd >= 0; }

  void append(std::string_view Text) {
    if (getpid() != Owner) // the child of a fork
      return;
    while (!Text.empty() && (Used < kWindow && Window ? true : advance())) {
      size_t N = std::min(Text.size(), kWindow - Used);
      memcpy(Window + Used, Text.data(), N);
      Used += N;
      Text.remove_prefix(N);
    }
  }

private:
  static constexpr size_t kWindow = 1 << 16;

  bool advance() {
    if (Window) {
      munmap(Window, kWindow);
      Begin += kWindow;
    }
    Used = 0;
    Window = nullptr;
    if (Fd < 0 || ftruncate(Fd, off_t(Begin + kWindow)))
      return false;
    void *P = mmap(nullptr, kWindow, PROT_READ | PROT_WRITE, MAP_SHARED, Fd,
                   off_t(Begin));
    Window = P == MAP_FAILED ? nullptr : static_cast<char *>(P);
    return Window;
  }

  int Fd;
  pid_t Owner;
  char *Window = nullptr; // of the file from Begin on
  size_t Begin = 0, Used = 0;
};

class RecordingPolicy final : public ControlledPolicy {
public:
  RecordingPolicy(std::unique_ptr<ControlledPolicy> Inner, std::string Policy,
                  const std::string &Path)
      : Inner(std::move(Inner)), File(Path) {
    if (!File.ok())
      giveUp(Path, std::string("cannot record: ") + strerror(errno));
    Schedule Head;
    Head.Policy = std::move(Policy);
    char Folder[4096];
    Head.Folder = getcwd(Folder, sizeof(Folder)) ? Folder : ".";
    std::string Line;
    readFile("/proc/self/cmdline", Line);
    for (const char *P = Line.data(), *End = P + Line.size(); P < End;
         P += strlen(P) + 1)
      Head.Command.emplace_back(P);
    File.append(formatScheduleHead(Head));
  }
  uint32_t pick(Goroutine *const *Runnable, uint32_t Count) override {
    return record(true, Inner->pick(Runnable, Count), Count);
  }
  uint32_t choose(uint32_t Count) override {
    return record(false, Inner->choose(Count), Count);
  }
  void yielded(Goroutine *G) override { Inner->yielded(G); }

private:
  uint32_t record(bool IsPick, uint32_t Index, uint32_t Count) {
    File.append(formatScheduleChoice({IsPick, Index, Count}));
    return Index;
  }

  std::unique_ptr<ControlledPolicy> Inner;
  GrowingFile File;
};

class ReplayPolicy final : public ControlledPolicy {
public:
  explicit ReplayPolicy(std::string Path) : Path(std::move(Path)) {
    std::string Text;
    if (!readFile(this->Path.c_str(), Text))
      giveUp(this->Path, "cannot read the schedule");
    std::string Wrong = parseSchedule(Text, Recorded);
    if (!Wrong.empty())
      giveUp(this->Path, Wrong);
  }
  uint32_t pick(Goroutine *const *, uint32_t Count) override {
    return follow(true, Count);
  }
  uint32_t choose(uint32_t Count) override { return follow(false, Count); }

private:
  uint32_t follow(bool IsPick, uint32_t Count) {
    if (Next == Recorded.Choices.size())
      return 0; // the recorded process had died here, or was killed
    const ScheduleChoice &C = Recorded.Choices[Next++];
    if (C.IsPick != IsPick || C.Count != Count)
      giveUp(Path, "choice " + std::to_string(Next) + " is " +
                       formatScheduleChoice(C) +
                       "heddle: but here is one among " +
                       std::to_string(Count) +
                       ": the schedule is another program's, or this one "
                       "depends on more than the schedule");
    return C.Index;
  }

  std::string Path;
  Schedule Recorded;
  size_t Next = 0;
};

} // namespace

std::unique_ptr<ControlledPolicy> makeReplayPolicy(const std::string &File) {
  return std::make_unique<ReplayPolicy>(File);
}

std::unique_ptr<ControlledPolicy>
makeRecordingPolicy(std::unique_ptr<ControlledPolicy> Inner,
                    const std::string &Policy, const std::string &File) {
  return std::make_unique<RecordingPolicy>(std::move(Inner), Policy, File);
}

std::string recordedPolicy(const std::string &File) {
  std::string Text;
  Schedule S;
  return readFile(File.c_str(), Text) && parseSchedule(Text, S).empty()
             ? S.Policy
             : "";
}

} // namespace heddle::sched
