// Cases of one program: each runs alone, in a process of its own, by its name.
//
//   // What is shown, in a sentence.
//   RACE(Name, "'Shared'") {     // reported once, as DATA RACE on 'Shared'
//     inOrder([] { Shared = 1; },  // races
//             [] { Shared = 2; }); // races
//   }
//   NORACE(Name) { ... }         // ends with 0, prints nothing
//
// test/cases runs them and compares. RACE lines marked `races` are those that
// the report names, no others. Steps are put in order by Unseen.
#ifndef HEDDLE_TEST_RACE_CASE_H
#define HEDDLE_TEST_RACE_CASE_H

#include "../exact/Unseen.h"
#include <cstdlib>
#include <cstring>

class Case {
public:
  Case(const char *Name, void (*Run)()) : Name(Name), Run(Run), Next(First) {
    First = this;
  }
  static void run(const char *Wanted) {
    for (Case *C = First; C; C = C->Next)
      if (!std::strcmp(C->Name, Wanted))
        return C->Run();
    std::abort();
  }

private:
  const char *Name;
  void (*Run)();
  Case *Next;
  inline static Case *First = nullptr;
};

#define HEDDLE_CASE(Name)                                                      \
  static void Name();                                                          \
  static Case Case_##Name(#Name, Name);                                        \
  static void Name()
#define RACE(Name, ...) HEDDLE_CASE(Name)
#define NORACE(Name) HEDDLE_CASE(Name)

// Keeps the read of Value.
inline void use(long long Value) { asm volatile("" : : "r"(Value)); }

// Keeps what was written to the object at Address.
inline void keep(void *Address) {
  asm volatile("" : : "r"(Address) : "memory");
}

#endif
