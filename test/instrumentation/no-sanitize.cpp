// no_sanitize and the annotation reach functions, methods, templates, lambdas.
// RUN: %heddle-cxx -O2 -S -emit-llvm -o - %s | FileCheck %s
// RUN: %heddle-cxx -O0 -S -emit-llvm -o - %s | FileCheck %s
#define NONE __attribute__((no_sanitize("heddle"), noinline))

// CHECK-LABEL: define {{.*}} @_Z8functionPi
// CHECK-NOT: heddle_write
// CHECK-LABEL: define {{.*}} @_Z6threadPi
// CHECK-NOT: heddle_write
// CHECK-LABEL: define {{.*}} @_Z9annotatedPi
// CHECK-NOT: heddle_write
// CHECK-LABEL: define {{.*}} @_Z7checkedPi
// CHECK: heddle_write4
// CHECK-LABEL: define {{.*}} @_Z4callPi
// CHECK-NOT: call preserve_mostcc void @heddle_write
// CHECK-LABEL: define internal void @heddle.module_ctor
NONE void function(int *P) { *P = 1; }
__attribute__((no_sanitize("thread"))) void thread(int *P) { *P = 1; }
[[clang::annotate("heddle:no_sanitize")]] void annotated(int *P) { *P = 1; }
void checked(int *P) { *P = 1; }

struct S {
  NONE static void method(int *P) { *P = 1; }
};
template <class T> NONE void generic(T *P) { *P = T(); }

void call(int *P) {
  S::method(P);
  generic(P);
  [](int *Q) NONE { *Q = 9; }(P);
}
