// A handler that interrupts the runtime while it has a cell locked, and touches
// that cell, waits for ever. The trap flag makes that happen in every run: the
// handler runs after each instruction of one access.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 124 env HEDDLE=record-alone timeout 5 %t

#include <atomic>
#include <csignal>
#include <unistd.h>

int Cell;
std::atomic<int> Published;

__attribute__((noinline)) void touch() { Cell += 1; }

int main() {
  struct sigaction Action {};
  Action.sa_handler = [](int) {
    Published.store(1, std::memory_order_release); // nothing is redundant
    touch();
  };
  sigaction(SIGTRAP, &Action, nullptr);
  asm volatile("pushfq; orq $0x100, (%%rsp); popfq" ::: "memory", "cc");
  touch();
  asm volatile("pushfq; andq $~0x100, (%%rsp); popfq" ::: "memory", "cc");
}
