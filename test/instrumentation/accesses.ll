; Loads and stores of each size: the inline test, then the hook in a cold block.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

; CHECK-LABEL: define void @store8
; CHECK: [[EPOCH:%.*]] = load i64, ptr addrspace(257)
; CHECK: and i64 {{.*}}, 17592186044408
; CHECK: shl i64 {{.*}}, 1
; CHECK: [[WORD:%.*]] = load i64, ptr
; CHECK: icmp ne i64 [[WORD]], [[EPOCH]]
; CHECK: br i1 {{.*}}, !prof [[RARE:![0-9]+]]
; CHECK: call preserve_mostcc void @heddle_write8(ptr %p, i64
; CHECK: store i64 1, ptr %p
define void @store8(ptr %p) {
  store i64 1, ptr %p, align 8
  ret void
}

; A read is redundant after a read or a write: two tests.
; CHECK-LABEL: define i64 @load8
; CHECK: icmp ne
; CHECK: icmp ne
; CHECK: call preserve_mostcc void @heddle_read8
define i64 @load8(ptr %p) {
  %x = load i64, ptr %p, align 8
  ret i64 %x
}

; CHECK-LABEL: define void @store4
; CHECK: select i1 {{.*}}, i64 -1080863910568919041, i64 1152921504606846975
; CHECK: call preserve_mostcc void @heddle_write4
define void @store4(ptr %p) {
  store i32 1, ptr %p, align 4
  ret void
}

; Its place in the cell is known: the mask is a constant.
; CHECK-LABEL: define void @store4_known
; CHECK-NOT: select
; CHECK: and i64 {{.*}}, -1080863910568919041
; CHECK: call preserve_mostcc void @heddle_write4
define void @store4_known(ptr align 8 %p) {
  %q = getelementptr i8, ptr %p, i64 4
  store i32 1, ptr %q, align 4
  ret void
}

; CHECK-LABEL: define void @store1
; CHECK: shl i64 72057594037927936, {{.*}}
; CHECK: call preserve_mostcc void @heddle_write1
define void @store1(ptr %p) {
  store i8 1, ptr %p, align 1
  ret void
}

; CHECK-LABEL: define void @unaligned
; CHECK: icmp ugt i64 {{.*}}, 4
; CHECK: call preserve_mostcc void @heddle_write4
define void @unaligned(ptr %p) {
  store i32 1, ptr %p, align 1
  ret void
}

; CHECK-LABEL: define void @vectors
; CHECK: call preserve_mostcc void @heddle_write16(ptr %p
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %q, i64 32
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %r, i64 64
define void @vectors(ptr %p, ptr %q, ptr %r) {
  store <4 x float> zeroinitializer, ptr %p, align 4
  store <8 x float> zeroinitializer, ptr %q, align 32
  store <16 x float> zeroinitializer, ptr %r, align 64
  ret void
}

; CHECK-LABEL: define void @odd_sizes
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %p, i64 10
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %q, i64 5
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %r, i64 256
define void @odd_sizes(ptr %p, ptr %q, ptr %r) {
  store x86_fp80 0xK00000000000000000000, ptr %p, align 16
  store i37 1, ptr %q, align 8
  store <32 x i64> zeroinitializer, ptr %r, align 64
  ret void
}

; CHECK-LABEL: define void @vptr
; CHECK: call preserve_mostcc void @heddle_vptr_write(ptr %p, ptr %vtable, i64
; CHECK: call preserve_mostcc void @heddle_vptr_read(ptr %q, i64
; CHECK-NOT: call preserve_mostcc void @heddle_read8
define void @vptr(ptr %p, ptr %q, ptr %vtable) {
  store ptr %vtable, ptr %p, align 8, !tbaa !0
  %v = load ptr, ptr %q, align 8, !tbaa !0
  %f = load ptr, ptr %v, align 8
  call void %f()
  ret void
}

!0 = !{!1, !1, i64 0}
!1 = !{!"vtable pointer", !2, i64 0}
!2 = !{!"Simple C++ TBAA"}
; CHECK: [[RARE]] = !{!"branch_weights", i32 1, i32 1048576}
