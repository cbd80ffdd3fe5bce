; The calling context: 3 * V + Site before calls, V itself for recursion.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s
; RUN: %opt_heddle -passes=heddle -S %s -o %t.1
; RUN: %opt_heddle -passes=heddle -S %s -o %t.2
; RUN: cmp %t.1 %t.2

declare void @callee()
declare i32 @pure(i32) memory(none)
declare i32 @__gxx_personality_v0(...)

; CHECK-LABEL: define void @calls
; CHECK: [[V:%.*]] = load i64, ptr addrspace(257)
; CHECK: [[T:%.*]] = mul i64 [[V]], 3
; CHECK: [[C:%.*]] = add i64 [[T]], {{[0-9]*[13579]$}}
; CHECK: store volatile i64 [[C]], ptr addrspace(257)
; CHECK-NEXT: call void @callee()
define void @calls() {
  call void @callee()
  ret void
}

; CHECK-LABEL: define void @recursive
; CHECK: [[V:%.*]] = load i64, ptr addrspace(257)
; CHECK-NOT: mul
; CHECK: store volatile i64 [[V]]
; CHECK-NEXT: call void @recursive(
define void @recursive(i32 %n) {
  call void @recursive(i32 %n)
  ret void
}

; CHECK-LABEL: define i32 @leaf
; CHECK-NOT: heddle
; CHECK: ret i32
define i32 @leaf(i32 %n) {
  %x = call i32 @pure(i32 %n)
  ret i32 %x
}

; The early exit pays for nothing.
; CHECK-LABEL: define void @early
; CHECK-NEXT: br i1
; CHECK: work:
; CHECK: load i64, ptr @heddle_block_offset
define void @early(i1 %c, ptr %p) {
  br i1 %c, label %work, label %out
work:
  store i64 1, ptr %p
  call void @callee()
  br label %out
out:
  ret void
}

; CHECK-LABEL: define void @invokes
; CHECK: store volatile i64
; CHECK-NEXT: invoke void @callee()
define void @invokes() personality ptr @__gxx_personality_v0 {
  invoke void @callee() to label %ok unwind label %bad
ok:
  ret void
bad:
  %l = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %l
}

; CHECK-LABEL: define void @tail
; CHECK: store volatile i64
; CHECK-NEXT: musttail call void @tail2(ptr
; CHECK-NEXT: ret void
declare void @tail2(ptr)
define void @tail(ptr %p) {
  store i64 1, ptr %p
  musttail call void @tail2(ptr %p)
  ret void
}

; The epoch is loaded again after a call, and only then.
; CHECK-LABEL: define void @epochs
; CHECK: %heddle.epoch = load i64
; CHECK: call void @callee()
; CHECK: %heddle.epoch{{[0-9]+}} = load i64
; CHECK-NOT: %heddle.epoch{{[0-9]*}} = load i64
; CHECK: ret void
define void @epochs(ptr %p, ptr %q) {
  store i64 1, ptr %p, align 8
  store i64 2, ptr %q, align 8
  call void @callee()
  store i64 3, ptr %p, align 8
  store i64 4, ptr %q, align 8
  ret void
}
