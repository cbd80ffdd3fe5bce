// The scope of a method and those of its callers show one defect once.
// RUN: %clang_heddle -std=c++17 -fsyntax-only -fno-caret-diagnostics %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include <memory>
#include <mutex>

struct Log {
  std::mutex M;
  int Lines = 0;

  void flush() {
    // CHECK: one-report.cpp:[[@LINE+1]]:{{.*}} 'M' is taken again while it is held; it waits for ever [lock-double]
    std::lock_guard Guard(M);
    Lines = 0;
  }
  void write() {
    std::lock_guard Guard(M);
    flush();
  }
};

void first(Log &L) { L.write(); }
void second() {
  auto Owned = std::make_shared<Log>();
  Owned->write();
}
