; Memory that no other strand can see or write, and functions that want none.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

@constant = constant i32 7
@__profc_f = private global [1 x i64] zeroinitializer, section "__llvm_prf_cnts"
@__tls_guard = internal thread_local global i8 0

; CHECK-LABEL: define i32 @untouched
; CHECK-NOT: heddle
; CHECK: ret i32
define i32 @untouched(ptr %p) {
  %a = alloca i32
  store i32 1, ptr %a
  %x = load i32, ptr %a
  %y = load i32, ptr @constant
  %z = load i32, ptr %p, !invariant.load !0
  %c = load i64, ptr @__profc_f
  store i64 %c, ptr @__profc_f
  store i8 1, ptr @__tls_guard
  store i32 1, ptr %p, !nosanitize !0
  %s = add i32 %x, %y
  %t = add i32 %s, %z
  ret i32 %t
}

; CHECK-LABEL: define void @disabled
; CHECK-NOT: heddle
; CHECK: ret void
define void @disabled(ptr %p) disable_sanitizer_instrumentation {
  store i32 1, ptr %p
  ret void
}

; CHECK-LABEL: define void @annotated
; CHECK-NOT: heddle
; CHECK: ret void
define void @annotated(ptr %p) {
  store i32 1, ptr %p
  ret void
}

; CHECK-LABEL: define void @naked
; CHECK-NOT: heddle
; CHECK: unreachable
define void @naked() naked {
  call void asm sideeffect "ret", ""()
  unreachable
}

; CHECK-LABEL: define available_externally void @elsewhere
; CHECK-NOT: heddle
; CHECK: ret void
define available_externally void @elsewhere(ptr %p) {
  store i32 1, ptr %p
  ret void
}

@.text = private constant [19 x i8] c"heddle:no_sanitize\00", section "llvm.metadata"
@llvm.global.annotations = appending global [1 x { ptr, ptr, ptr, i32, ptr }] [{ ptr, ptr, ptr, i32, ptr } { ptr @annotated, ptr @.text, ptr @.text, i32 1, ptr null }], section "llvm.metadata"
!0 = !{}
