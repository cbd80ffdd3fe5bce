; Memory intrinsics, byval copies and masked vector accesses.
; RUN: %opt_heddle -passes=heddle,verify -S %s | FileCheck %s

; CHECK-LABEL: define void @hooked
; CHECK: call ptr @heddle_memcpy(ptr %d, ptr %s, i64 %n, i64
; CHECK: call ptr @heddle_memmove(ptr %d, ptr %s, i64 4096, i64
; CHECK: call ptr @heddle_memset(ptr %d, i32 {{.*}}, i64 %n, i64
define void @hooked(ptr %d, ptr %s, i64 %n, i8 %b) {
  call void @llvm.memcpy.p0.p0.i64(ptr %d, ptr %s, i64 %n, i1 false)
  call void @llvm.memmove.p0.p0.i64(ptr %d, ptr %s, i64 4096, i1 false)
  call void @llvm.memset.p0.i64(ptr %d, i8 %b, i64 %n, i1 false)
  ret void
}

; Short ones are expanded in place, so they are checked as accesses.
; CHECK-LABEL: define void @short
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %d, i64 24
; CHECK: call preserve_mostcc void @heddle_read_range(ptr %s, i64 24
; CHECK: call void @llvm.memcpy
; CHECK: call preserve_mostcc void @heddle_read_range(ptr %s, i64 300
; CHECK: call void @llvm.memcpy.inline
define void @short(ptr %d, ptr %s) {
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %d, ptr align 8 %s, i64 24, i1 false)
  call void @llvm.memcpy.inline.p0.p0.i64(ptr %d, ptr %s, i64 300, i1 false)
  ret void
}

; CHECK-LABEL: define void @byval
; CHECK: call preserve_mostcc void @heddle_read_range(ptr %p, i64 80
; CHECK: call void @take(
define void @byval(ptr %p) {
  call void @take(ptr byval([20 x i32]) align 8 %p)
  ret void
}

; CHECK-LABEL: define void @masked
; CHECK: icmp eq i4 {{.*}}, -1
; CHECK: call preserve_mostcc void @heddle_write16(ptr %p
; CHECK-COUNT-4: call preserve_mostcc void @heddle_write4
define void @masked(ptr %p, <4 x i32> %x, <4 x i1> %m) {
  call void @llvm.masked.store.v4i32.p0(<4 x i32> %x, ptr %p, i32 4, <4 x i1> %m)
  ret void
}

; CHECK-LABEL: define <2 x double> @gather
; CHECK: call preserve_mostcc void @heddle_read8
; CHECK-NOT: call preserve_mostcc
define <2 x double> @gather(<2 x ptr> %p) {
  %x = call <2 x double> @llvm.masked.gather.v2f64.v2p0(<2 x ptr> %p, i32 8, <2 x i1> <i1 false, i1 true>, <2 x double> zeroinitializer)
  ret <2 x double> %x
}

; CHECK-LABEL: define void @compress
; CHECK: call i64 @llvm.ctpop.i64
; CHECK: call preserve_mostcc void @heddle_write_range(ptr %p
define void @compress(ptr %p, <8 x i32> %x, <8 x i1> %m) {
  call void @llvm.masked.compressstore.v8i32(<8 x i32> %x, ptr %p, <8 x i1> %m)
  ret void
}

declare void @take(ptr byval([20 x i32]) align 8)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memcpy.inline.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.masked.store.v4i32.p0(<4 x i32>, ptr, i32, <4 x i1>)
declare <2 x double> @llvm.masked.gather.v2f64.v2p0(<2 x ptr>, i32, <2 x i1>, <2 x double>)
declare void @llvm.masked.compressstore.v8i32(<8 x i32>, ptr, <8 x i1>)
