; Each atomic operation becomes its hook, with its order as in the C ABI.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

; CHECK-LABEL: define void @sizes
; CHECK: call i8 @heddle_atomic8_load(ptr %p, i32 0, i64
; CHECK: call i16 @heddle_atomic16_load(ptr %p, i32 2, i64
; CHECK: call i32 @heddle_atomic32_load(ptr %p, i32 5, i64
; CHECK: call void @heddle_atomic64_store(ptr %p, i64 1, i32 3, i64
; CHECK: call void @heddle_atomic128_store(ptr %p, i128 1, i32 5, i64
; CHECK-NOT: atomic {{.*}} seq_cst
define void @sizes(ptr %p) {
  %a = load atomic i8, ptr %p monotonic, align 1
  %b = load atomic i16, ptr %p acquire, align 2
  %c = load atomic i32, ptr %p seq_cst, align 4
  store atomic i64 1, ptr %p release, align 8
  store atomic i128 1, ptr %p seq_cst, align 16
  ret void
}

; CHECK-LABEL: define ptr @types
; CHECK: call i64 @heddle_atomic64_exchange
; CHECK: inttoptr
; CHECK: call i32 @heddle_atomic32_load
; CHECK: bitcast i32 {{.*}} to float
define ptr @types(ptr %p, ptr %q, ptr %out) {
  %x = atomicrmw xchg ptr %p, ptr %q acq_rel
  %f = load atomic float, ptr %p acquire, align 4
  store float %f, ptr %out
  ret ptr %x
}

; CHECK-LABEL: define void @modify
; CHECK: @heddle_atomic32_fetch_add(
; CHECK: @heddle_atomic32_fetch_sub(
; CHECK: @heddle_atomic32_fetch_and(
; CHECK: @heddle_atomic32_fetch_or(
; CHECK: @heddle_atomic32_fetch_xor(
; CHECK: @heddle_atomic32_fetch_nand(
define void @modify(ptr %p) {
  %a = atomicrmw add ptr %p, i32 1 monotonic
  %b = atomicrmw sub ptr %p, i32 1 acquire
  %c = atomicrmw and ptr %p, i32 1 release
  %d = atomicrmw or ptr %p, i32 1 acq_rel
  %e = atomicrmw xor ptr %p, i32 1 seq_cst
  %f = atomicrmw nand ptr %p, i32 1 seq_cst
  ret void
}

; No hook of their own: a loop of compare-exchanges on the bits.
; CHECK-LABEL: define float @loops
; CHECK: [[FIRST:%.*]] = call i32 @heddle_atomic32_load(ptr %p, i32 0
; CHECK: [[OLD:%.*]] = phi i32 [ [[FIRST]], {{.*}} ], [ [[SEEN:%.*]], {{.*}} ]
; CHECK: fadd float
; CHECK: [[SEEN]] = call i32 @heddle_atomic32_cas(ptr %p, i32 [[OLD]], i32 {{.*}}, i32 4, i32 0
; CHECK: icmp eq i32 [[SEEN]], [[OLD]]
; CHECK: @heddle_atomic64_cas
define float @loops(ptr %p) {
  %x = atomicrmw fadd ptr %p, float 1.0 acq_rel
  %y = atomicrmw umax ptr %p, i64 3 seq_cst
  ret float %x
}

; CHECK-LABEL: define i1 @exchange
; CHECK: [[OLD:%.*]] = call i64 @heddle_atomic64_cas(ptr %p, i64 %a, i64 %b, i32 4, i32 2, i64
; CHECK: icmp eq i64 [[OLD]], %a
define i1 @exchange(ptr %p, i64 %a, i64 %b) {
  %r = cmpxchg weak ptr %p, i64 %a, i64 %b acq_rel acquire
  %s = extractvalue { i64, i1 } %r, 1
  ret i1 %s
}

; CHECK-LABEL: define void @fences
; CHECK: call void @heddle_atomic_fence(i32 5
; CHECK: fence syncscope("singlethread") seq_cst
; CHECK-NOT: call void @heddle_atomic_fence
define void @fences() {
  fence seq_cst
  fence syncscope("singlethread") seq_cst
  ret void
}
; CHECK: define internal void @heddle.module_ctor
