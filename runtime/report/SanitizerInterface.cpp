// The functions of sanitizer/common_interface_defs.h that print or symbolise.
#include "event/Place.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"
#include "report/Output.h"
#include "report/Sink.h"
#include "report/Symbolizer.h"

#include <algorithm>
#include <cstring>
#include <unistd.h>

#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default"), used))

using namespace heddle;

namespace {

std::string pointerText(uintptr_t P) { return format("0x%zx", size_t(P)); }

// What one letter of a format stands for; a subset of ThreadSanitizer's.
std::string piece(char Letter, const Frame &F, size_t Number, uintptr_t Pc) {
  std::string Place = placeText(F);
  switch (Letter) {
  case 'n':
    return std::to_string(Number);
  case 'p':
    return pointerText(Pc);
  case 'm':
    return F.Module;
  case 'o':
    return pointerText(F.Offset);
  case 'f':
    return F.Function;
  case 's':
    return F.File;
  case 'l':
    return std::to_string(F.Line);
  case 'c':
    return std::to_string(F.Column);
  case 'F':
    return F.Function.empty() ? "" : "in " + F.Function;
  case 'S':
  case 'L':
    return Place;
  case 'M':
    return "(" + F.Module + "+" + pointerText(F.Offset) + ")";
  case '%':
    return "%";
  }
  return "";
}

std::string fill(const char *Format, const Frame &F, size_t Number,
                 uintptr_t Pc) {
  std::string Text;
  for (; *Format; ++Format)
    if (*Format == '%' && Format[1])
      Text += piece(*++Format, F, Number, Pc);
    else
      Text += *Format;
  return Text;
}

void copyText(const std::string &Text, char *Out, size_t Size) {
  if (!Size)
    return;
  size_t Count = std::min(Text.size(), Size - 1);
  memcpy(Out, Text.data(), Count);
  Out[Count] = 0;
}

struct StackToPrint {
  uintptr_t Pc;
  const void *Frame;
};

void printStack(void *Arg) {
  auto &S = *static_cast<StackToPrint *>(Arg);
  uintptr_t Pcs[kMaxStack];
  size_t Size = readStack(stackHere(S.Pc, S.Frame), Pcs, kMaxStack), Number = 0;
  std::string Text;
  for (const Frame &F : symbolize(StackRef{Pcs, Size}))
    Text += fill("    #%n %f %S %M\n", F, Number++, 0);
  print(Text + "\n");
}

struct Symbolised {
  uintptr_t Addr;
  const char *Format;
  std::string Text;
};

void symbolisePc(void *Arg) {
  auto &S = *static_cast<Symbolised *>(Arg);
  size_t Number = 0;
  for (const Frame &F : symbolize(S.Addr)) {
    if (Number)
      S.Text += '\0';
    S.Text += fill(S.Format, F, Number++, S.Addr);
  }
}

void symboliseGlobal(void *Arg) {
  auto &S = *static_cast<Symbolised *>(Arg);
  Variable V;
  if (!symbolizeData(S.Addr, V))
    return;
  for (const char *At = S.Format; *At; ++At) {
    bool Special = *At == '%' && At[1];
    char Letter = Special ? *++At : 0;
    S.Text += Letter == 'g'   ? V.Name
              : Letter == 's' ? V.File
              : Letter == 'l' ? std::to_string(V.Line)
              : Special       ? ""
                              : std::string(1, *At);
  }
}

} // namespace

HEDDLE_EXPORT void __sanitizer_print_stack_trace() {
  StackToPrint S{reinterpret_cast<uintptr_t>(__builtin_return_address(0)),
                 __builtin_frame_address(0)};
  withReportLock(printStack, &S);
}

HEDDLE_EXPORT void __sanitizer_symbolize_pc(void *Pc, const char *Format,
                                            char *Out, size_t Size) {
  Symbolised S{reinterpret_cast<uintptr_t>(Pc), Format, ""};
  withReportLock(symbolisePc, &S);
  copyText(S.Text, Out, Size);
}

HEDDLE_EXPORT void __sanitizer_symbolize_global(void *Addr, const char *Format,
                                                char *Out, size_t Size) {
  Symbolised S{reinterpret_cast<uintptr_t>(Addr), Format, ""};
  withReportLock(symboliseGlobal, &S);
  copyText(S.Text, Out, Size);
}

HEDDLE_EXPORT int __sanitizer_get_module_and_offset_for_pc(void *Pc, char *Path,
                                                           size_t PathSize,
                                                           void **Offset) {
  Symbolised S{reinterpret_cast<uintptr_t>(Pc), "%m", ""};
  Frame Found;
  struct Both {
    uintptr_t Pc;
    Frame *Found;
  } Arg{S.Addr, &Found};
  withReportLock(
      [](void *P) {
        auto &B = *static_cast<Both *>(P);
        if (!symbolize(B.Pc).empty())
          *B.Found = symbolize(B.Pc).front();
      },
      &Arg);
  copyText(Found.Module, Path, PathSize);
  *Offset = reinterpret_cast<void *>(Found.Offset);
  return !Found.Module.empty();
}

HEDDLE_EXPORT void __sanitizer_set_report_path(const char *Path) {
  std::string Name = Path ? Path : "stderr";
  setLog(Name == "stderr"   ? ""
         : Name == "stdout" ? "/dev/stdout"
                            : Name + "." + std::to_string(getpid()));
}

HEDDLE_EXPORT void __sanitizer_set_report_fd(void *Fd) {
  setLogFd(int(reinterpret_cast<intptr_t>(Fd)));
}

HEDDLE_EXPORT const char *__sanitizer_get_report_path() { return logPath(); }

HEDDLE_EXPORT void __sanitizer_report_error_summary(const char *Text) {
  print(std::string("SUMMARY: ") + Text + "\n");
}
