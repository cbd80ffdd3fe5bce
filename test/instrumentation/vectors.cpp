// Vectors of every width and kind of mask.
// RUN: %heddle-cxx -fplugin-arg-heddle-no-summary -O0 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -fplugin-arg-heddle-no-summary -O2 -S -emit-llvm -o - %s | FileCheck %s
// RUN: %heddle-cxx -O2 -c -o %t.o %s
#include <immintrin.h>
#define WITH(Feature) extern "C" __attribute__((target(Feature)))

// CHECK-LABEL: @load512
// CHECK: heddle_read_range(ptr {{.*}}, i64 64
WITH("avx512f") __m512d load512(double *P) { return _mm512_load_pd(P); }

// CHECK-LABEL: @store256
// CHECK: heddle_write_range(ptr {{.*}}, i64 32
WITH("avx2") void store256(float *P, __m256 V) { _mm256_storeu_ps(P, V); }

// CHECK-LABEL: @gather256
// CHECK-COUNT-8: call preserve_mostcc void @heddle_read4
WITH("avx2") __m256 gather256(const float *P, __m256i I, __m256 M) {
  return _mm256_mask_i32gather_ps(M, P, I, M, 4);
}

// CHECK-LABEL: @maskstore
// CHECK: heddle_write_range
// CHECK-COUNT-8: call preserve_mostcc void @heddle_write4
WITH("avx2") void maskstore(float *P, __m256i M, __m256 V) {
  _mm256_maskstore_ps(P, M, V);
}

// CHECK-LABEL: @gather512
// CHECK-COUNT-16: call preserve_mostcc void @heddle_read4
WITH("avx512f") __m512 gather512(const float *P, __m512i I, __mmask16 M) {
  return _mm512_mask_i32gather_ps(_mm512_setzero_ps(), M, I, P, 4);
}

// CHECK-LABEL: @scatter512
// CHECK-COUNT-16: call preserve_mostcc void @heddle_write4
WITH("avx512f")
void scatter512(float *P, __m512i I, __mmask16 M, __m512 V) {
  _mm512_mask_i32scatter_ps(P, M, I, V, 4);
}

// CHECK-LABEL: @compress512
// CHECK: heddle_write_range
WITH("avx512f") void compress512(float *P, __mmask16 M, __m512 V) {
  _mm512_mask_compressstoreu_ps(P, M, V);
}
