// The context switch of x86-64, System V ABI.
//
// Layout of a saved context, from its address up:
//   +0 mxcsr  +4 x87 control word  +8 r15 r14 r13 r12 rbx rbp  +56 rip
// The control words are loaded only when they differ, which they hardly ever
// do: ldmxcsr and fldcw cost more than the rest of the switch.
#include "platform/Context.h"

#ifndef __x86_64__
#error "write a Context file for this architecture beside this one"
#endif

asm(R"(
.text
.p2align 4
.globl heddle_context_switch
.hidden heddle_context_switch
.type heddle_context_switch,@function
heddle_context_switch:
  .cfi_startproc
  pushq %rbp
  .cfi_adjust_cfa_offset 8
  pushq %rbx
  .cfi_adjust_cfa_offset 8
  pushq %r12
  .cfi_adjust_cfa_offset 8
  pushq %r13
  .cfi_adjust_cfa_offset 8
  pushq %r14
  .cfi_adjust_cfa_offset 8
  pushq %r15
  .cfi_adjust_cfa_offset 8
  subq $8, %rsp
  .cfi_adjust_cfa_offset 8
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movl (%rsp), %eax
  movzwl 4(%rsp), %ecx
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  cmpl (%rsp), %eax
  jne 2f
1:
  cmpw 4(%rsp), %cx
  jne 3f
4:
  addq $8, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  .cfi_adjust_cfa_offset -56
  popq %rcx
  .cfi_adjust_cfa_offset -8
  .cfi_register %rip, %rcx
  jmpq *%rcx
2:
  ldmxcsr (%rsp)
  jmp 1b
3:
  fldcw 4(%rsp)
  jmp 4b
  .cfi_endproc
.size heddle_context_switch, .-heddle_context_switch

.p2align 4
.hidden heddle_context_start
.type heddle_context_start,@function
heddle_context_start:
  .cfi_startproc
  .cfi_undefined %rip
  movq %r13, %rdi
  callq *%r12
  ud2
  .cfi_endproc
.size heddle_context_start, .-heddle_context_start
)");

extern "C" void heddle_context_start();

namespace heddle {
namespace {

struct Frame {
  uint32_t Mxcsr;
  uint16_t X87;
  uint16_t Unused;
  uintptr_t R15, R14, R13, R12, Rbx, Rbp, Rip;
};

} // namespace

SavedContext contextMake(void *Top, void (*Entry)(void *), void *Arg) {
  uintptr_t Sp = reinterpret_cast<uintptr_t>(Top) & ~uintptr_t(15);
  auto *F = reinterpret_cast<Frame *>(Sp - sizeof(Frame));
  *F = {};
  asm("stmxcsr %0" : "=m"(F->Mxcsr));
  asm("fnstcw %0" : "=m"(F->X87));
  F->R12 = reinterpret_cast<uintptr_t>(Entry);
  F->R13 = reinterpret_cast<uintptr_t>(Arg);
  F->Rip = reinterpret_cast<uintptr_t>(&heddle_context_start);
  return F;
}

uintptr_t contextPc(SavedContext C) { return static_cast<Frame *>(C)->Rip; }

uintptr_t contextFramePointer(SavedContext C) {
  return static_cast<Frame *>(C)->Rbp;
}

size_t walkFrames(uintptr_t Pc, uintptr_t Fp, uintptr_t Low, uintptr_t High,
                  uintptr_t *Out, size_t Max) {
  size_t N = 0;
  if (N < Max)
    Out[N++] = Pc;
  while (N < Max && Fp >= Low && Fp + 16 <= High && Fp % 8 == 0) {
    auto *Record = reinterpret_cast<const uintptr_t *>(Fp);
    if (Record[1] < 4096)
      break;
    Out[N++] = Record[1];
    if (Record[0] <= Fp)
      break;
    Fp = Record[0];
  }
  return N;
}

} // namespace heddle
