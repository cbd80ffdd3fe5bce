; Loops over arrays are checked once, before the loop, if and only if all bytes
; of the range are accessed.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

; CHECK-LABEL: define void @dense
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %p, i64 4096
; CHECK: loop:
; CHECK-NOT: heddle
; CHECK: ret void
define void @dense(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %n, %loop ]
  %q = getelementptr i32, ptr %p, i64 %i
  %x = load i32, ptr %q
  store i32 %x, ptr %q
  %n = add nuw i64 %i, 1
  %c = icmp eq i64 %n, 1024
  br i1 %c, label %out, label %loop
out:
  ret void
}

; Every other element: a range would claim bytes that are not accessed.
; CHECK-LABEL: define void @gaps
; CHECK-NOT: heddle_write_range
; CHECK: loop:
; CHECK: heddle_write4
define void @gaps(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %n, %loop ]
  %q = getelementptr i64, ptr %p, i64 %i
  store i32 0, ptr %q
  %n = add nuw i64 %i, 1
  %c = icmp eq i64 %n, 1024
  br i1 %c, label %out, label %loop
out:
  ret void
}

; Only some iterations access memory.
; CHECK-LABEL: define void @conditional
; CHECK-NOT: heddle_write_range
; CHECK: then:
; CHECK: heddle_write4
define void @conditional(ptr %p, i64 %k) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %n, %next ]
  %d = icmp ult i64 %i, %k
  br i1 %d, label %then, label %next
then:
  %q = getelementptr i32, ptr %p, i64 %i
  store i32 0, ptr %q
  br label %next
next:
  %n = add nuw i64 %i, 1
  %c = icmp eq i64 %n, 1024
  br i1 %c, label %out, label %loop
out:
  ret void
}

; A call may synchronise.
; CHECK-LABEL: define void @calling
; CHECK-NOT: heddle_write_range
; CHECK: loop:
; CHECK: heddle_write4
define void @calling(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %n, %loop ]
  %q = getelementptr i32, ptr %p, i64 %i
  store i32 0, ptr %q
  call void @callee()
  %n = add nuw i64 %i, 1
  %c = icmp eq i64 %n, 1024
  br i1 %c, label %out, label %loop
out:
  ret void
}

; The loop may be left early.
; CHECK-LABEL: define void @searching
; CHECK-NOT: heddle_read_range
; CHECK: loop:
; CHECK: heddle_read4
define void @searching(ptr %p) {
  br label %loop
loop:
  %i = phi i64 [ 0, %0 ], [ %n, %next ]
  %q = getelementptr i32, ptr %p, i64 %i
  %x = load i32, ptr %q
  %f = icmp eq i32 %x, 7
  br i1 %f, label %out, label %next
next:
  %n = add nuw i64 %i, 1
  %c = icmp eq i64 %n, 1024
  br i1 %c, label %out, label %loop
out:
  ret void
}
declare void @callee()
