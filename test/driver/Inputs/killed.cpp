// Two threads wait for each other; when that is on file, SIGKILL.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <latch>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>

std::mutex A, B;
std::latch BothAtWork(2);

void lockBoth(std::mutex &First, std::mutex &Second) {
  std::lock_guard HoldFirst(First);
  BothAtWork.arrive_and_wait();
  std::lock_guard HoldSecond(Second);
}

// The folder of the findings, from 'out=FOLDER,...'.
std::string folder() {
  std::string Options = getenv("HEDDLE");
  size_t At = Options.find("out=") + 4;
  return Options.substr(At, Options.find(',', At) - At);
}

bool isOnFile(const std::string &Folder) {
  bool Found = false;
  if (DIR *D = opendir(Folder.c_str())) {
    while (dirent *E = readdir(D)) {
      const char *Dot = strrchr(E->d_name, '.');
      Found |= Dot && !strcmp(Dot, ".json");
    }
    closedir(D);
  }
  return Found;
}

int main() {
  std::thread(lockBoth, std::ref(A), std::ref(B)).detach();
  std::thread(lockBoth, std::ref(B), std::ref(A)).detach();
  std::string Folder = folder();
  while (!isOnFile(Folder))
    usleep(1000);
  kill(getpid(), SIGKILL);
}
