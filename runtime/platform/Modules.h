// The loaded modules: from a run-time address to file and offset.
//
// Thread safety: all functions may be called on any thread at any time.
#ifndef HEDDLE_PLATFORM_MODULES_H
#define HEDDLE_PLATFORM_MODULES_H

#include <cstddef>
#include <cstdint>

namespace heddle {

struct Module {
  char Path[512];
  uintptr_t Offset;  // of the address, as the ELF file counts
  bool IsProgram;    // the main executable
  bool IsRuntime;    // this library
  bool IsWritable;   // the address lies in a writable segment
  uintptr_t TlsSize; // size of its thread-local segment
};

// Finds the module that contains Addr.
bool findModule(uintptr_t Addr, Module &Out);

// Whose code an address lies in. Code of the system's libraries keeps no frame
// pointers, other code does as far as we know.
enum class CodeOwner : uint8_t { Program, System, Runtime };
CodeOwner ownerOf(uintptr_t Pc);

inline bool isSystemLibrary(uintptr_t Pc) {
  return ownerOf(Pc) == CodeOwner::System;
}

} // namespace heddle
#endif
