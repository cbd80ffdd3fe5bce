; The life of a stack variable whose address escapes begins with a hook.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s
declare void @callee(ptr)
declare void @llvm.lifetime.start.p0(i64, ptr)

; CHECK-LABEL: define void @marked
; CHECK: %a = alloca i32, align 8
; CHECK: call void @llvm.lifetime.start.p0(i64 4, ptr %a)
; CHECK-NEXT: call preserve_mostcc void @heddle_stack_own(ptr %a, i64 4, i64
define void @marked() {
  %a = alloca i32
  %b = alloca i32
  call void @llvm.lifetime.start.p0(i64 4, ptr %a)
  call void @callee(ptr %a)
  store i32 1, ptr %b
  ret void
}

; CHECK-LABEL: define void @unmarked
; CHECK: call preserve_mostcc void @heddle_stack_own(ptr %a, i64 40, i64
; CHECK-NOT: heddle_stack
; CHECK: ret void
define void @unmarked() {
  %a = alloca [10 x i32]
  call void @callee(ptr %a)
  ret void
}

; What is large is not written as a whole, but shares no cell either.
; CHECK-LABEL: define void @large
; CHECK: %a = alloca [200 x i8], align 8
; CHECK: call preserve_mostcc void @heddle_stack_begin(ptr %a, i64 200)
define void @large() {
  %a = alloca [200 x i8]
  call void @callee(ptr %a)
  ret void
}

; The beginning of its life is a write of all of %a, and so is checked already
; what is done before the call.
; CHECK-LABEL: define void @written_at_once
; CHECK: call preserve_mostcc void @heddle_stack_own(ptr %a, i64 4, i64
; CHECK-NOT: heddle_write
; CHECK: call void @callee
; CHECK: call preserve_mostcc void @heddle_write4
; CHECK: ret void
define void @written_at_once() {
  %a = alloca i32
  call void @llvm.lifetime.start.p0(i64 4, ptr %a)
  store i32 1, ptr %a
  call void @callee(ptr %a)
  store i32 2, ptr %a
  ret void
}

; CHECK-LABEL: define void @dynamic
; CHECK: [[A:%.*]] = alloca i64, i64 %n
; CHECK: [[N:%.*]] = mul i64 %n, 8
; CHECK: call preserve_mostcc void @heddle_stack_begin(ptr [[A]], i64 [[N]])
define void @dynamic(i64 %n) {
  br label %next
next:
  %a = alloca i64, i64 %n
  call void @callee(ptr %a)
  ret void
}
