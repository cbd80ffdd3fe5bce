; Checks that another one makes unnecessary, and those that only seem so.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

; CHECK-LABEL: define void @read_then_write
; CHECK-NOT: heddle_read
; CHECK: heddle_write8
; CHECK-NOT: heddle_write8
; CHECK: ret void
define void @read_then_write(ptr %p) {
  %x = load i64, ptr %p, align 8
  %y = add i64 %x, 1
  store i64 %y, ptr %p, align 8
  %z = load i64, ptr %p, align 8
  store i64 %z, ptr %p, align 8
  ret void
}

; CHECK-LABEL: define void @call_between
; CHECK: heddle_read8
; CHECK: call void @callee
; CHECK: heddle_write8
define void @call_between(ptr %p) {
  %x = load i64, ptr %p, align 8
  call void @callee()
  store i64 %x, ptr %p, align 8
  ret void
}

; A write may not follow on every path, so the read is checked.
; CHECK-LABEL: define void @perhaps
; CHECK: heddle_read8
; CHECK: heddle_write8
define void @perhaps(ptr %p) {
  %x = load i64, ptr %p, align 8
  %c = icmp eq i64 %x, 0
  br i1 %c, label %then, label %out
then:
  store i64 1, ptr %p, align 8
  br label %out
out:
  ret void
}

; A read does not stand in for a write.
; CHECK-LABEL: define void @stronger
; CHECK: heddle_read8
; CHECK: heddle_write4
define void @stronger(ptr align 8 %p) {
  %x = load i64, ptr %p, align 8
  store i32 1, ptr %p, align 8
  ret void
}
declare void @callee()
