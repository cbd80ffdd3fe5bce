// gdb loads its script with the library; it shows goroutines, their calls, and
// what channels and locks hold.
// REQUIRES: gdb
// RUN: %heddle-cxx -std=c++17 -g -O0 %s -o %t
// RUN: gdb -nx -q -batch -iex "set auto-load safe-path /" -ex "set breakpoint pending on" -ex "break stopHere" -ex run -ex up -ex "info goroutines" -ex "p Full" -ex "p Empty" -ex "p Nil" -ex "p Closed" -ex "p Mu" -ex "p Wg" -ex "p Rw" -ex "goroutine 2 bt" -ex "goroutine 1" -ex "goroutine 99" -ex kill %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
#include <go/go.h>

#include <atomic>

std::atomic<int> Stage{0};

[[gnu::noinline]] void stopHere() { asm volatile("" ::: "memory"); }

int main() {
  return go::main([] {
    auto Full = go::makeChan<int>(2), Empty = go::makeChan<int>();
    go::Chan<int> Nil;
    auto Closed = go::makeChan<long>(1);
    Full.send(40);
    Full.send(2);
    Closed.close();
    go::Mutex Mu;
    go::RWMutex Rw;
    go::WaitGroup Wg;
    Mu.lock();
    Rw.rLock();
    Wg.add(1);
    go::spawn("receiver", [&, Empty] { ++Stage, Empty.recv(); });
    go::spawn([&] { ++Stage, Mu.lock(); });
    go::spawn([&] { ++Stage, Wg.wait(); });
    go::spawn([&, Full] { ++Stage, Full.send(3); });
    while (Stage < 4)
      go::yield();
    go::sleep(std::chrono::milliseconds(50)); // all are parked
    stopHere();
  });
}
// CHECK: G1 "main" running on worker 0
// CHECK-NEXT: G2 "receiver" ChanRecv {{.*}}gdb.cpp:[[@LINE-11]] spawned at {{.*}}gdb.cpp:[[@LINE-11]]
// CHECK-NEXT: G3 Mutex {{.*}}gdb.cpp:[[@LINE-11]]
// CHECK-NEXT: G4 WaitGroup {{.*}}gdb.cpp:[[@LINE-11]]
// CHECK-NEXT: G5 ChanSend {{.*}}gdb.cpp:[[@LINE-11]]
// CHECK-NEXT: 5 goroutines
// CHECK: = chan of capacity 2, length 2, sent to by G5, made at {{.*}}gdb.cpp:{{[0-9]+}} = {[0] = 40, [1] = 2}
// CHECK-NEXT: = chan of capacity 0, length 0, received from by G2, made at
// CHECK-NEXT: = nil channel
// CHECK-NEXT: = chan of capacity 1, length 0, closed, made at
// CHECK-NEXT: = locked, wanted by G3
// CHECK-NEXT: = counter 1, awaited by G4
// CHECK-NEXT: = locked to read 1 times
// CHECK: G2 ChanRecv
// CHECK-NEXT: #0 {{.*}}Scheduler::leave
// CHECK: in go::Chan<int>::recv
// CHECK-NEXT: gdb.cpp:29
// CHECK: its thread has its calls
// CHECK: no goroutine 99
