// rw-cache, broken: readers of a table count lookups under the read lock.
// Teaches: what is written while read-locked needs protection of its own.
// Static: race-local
// Run: data-race on 'Lookups'
#include <go/go.h>

#include <cstdio>
#include <map>
#include <shared_mutex>
#include <string>

go::RWMutex Guard;
std::map<std::string, int> Ports{{"http", 80}, {"ssh", 22}}; // under Guard
int Lookups;

int portOf(const std::string &Name) {
  std::shared_lock Lock(Guard);
  ++Lookups; // readers run side by side
  auto Found = Ports.find(Name);
  return Found == Ports.end() ? 0 : Found->second;
}

int main() {
  return go::main([] {
    go::WaitGroup Wg;
    for (const char *Name : {"http", "ssh", "ftp"})
      Wg.go([=] { portOf(Name); });
    Wg.wait();
    std::printf("%d lookups\n", Lookups);
  });
}
