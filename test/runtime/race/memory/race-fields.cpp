// Plain accesses of every size and shape: each case is one race on the named
// variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <complex>
#include <cstdint>
#include <cstring>
#include <utility>

struct Point {
  int X, Y;
};
struct Line {
  Point From, To;
} L;
int8_t Byte;
int16_t Short;
int Word;
double Real;
long double Wide;
std::complex<double> Complex;
Point Array[10];

// One scalar of each size, two writes.
RACE(byte, "'Byte'") {
  inOrder([] { Byte = 1; },  // races
          [] { Byte = 2; }); // races
}
RACE(twoBytes, "'Short'") {
  inOrder([] { Short = 1; },  // races
          [] { Short = 2; }); // races
}
RACE(real, "'Real'") {
  inOrder([] { Real = 1.0; },  // races
          [] { Real = 2.0; }); // races
}
RACE(tenBytes, "'Wide'") {
  inOrder([] { Wide = 1; },  // races
          [] { Wide = 2; }); // races
}
RACE(complexNumber, "'Complex'") {
  inOrder([] { Complex = {1, 1}; },         // races
          [] { use(Complex.imag() > 1); }); // races
}

// Write and read in one expression.
RACE(increment, "'Word'") {
  inOrder([] { Word++; },  // races
          [] { Word++; }); // races
}
RACE(compoundAssignment, "'Word'") {
  inOrder([] { Word += 2; },  // races
          [] { Word |= 1; }); // races
}

// A field, of a field, by pointer, by reference to the base class.
RACE(field, "'L'") {
  inOrder([] { L.To.X = 1; },   // races
          [] { use(L.To.X); }); // races
}
RACE(fieldByPointer, "'L'") {
  inOrder([P = &L.To] { P->Y = 1; }, // races
          [] { use(L.To.Y); });      // races
}
struct Named : Point {
  int Name;
} N;
RACE(fieldOfBase, "'N'") {
  inOrder([P = static_cast<Point *>(&N)] { P->Y = 1; }, // races
          [] { use(N.Y); });                            // races
}
RACE(memberPointer, "'L'") {
  inOrder([M = &Point::X] { L.From.*M = 1; }, // races
          [] { use(L.From.X); });             // races
}

// A field against the whole.
RACE(structAssignment, "'L'") {
  inOrder([] { L.To.Y = 1; },  // races
          [] { L = Line{}; }); // races
}
RACE(structCopy, "'L'") {
  Line Copy;
  inOrder([] { L.From.X = 1; }, // races
          [&] { Copy = L; });   // races
  keep(&Copy);
}
RACE(structByValue, "'L'") {
  auto Length = [](Line By) { return By.To.X - By.From.X; };
  inOrder([] { L.To.X = 1; },       // races
          [&] { use(Length(L)); }); // races
}

// Elements, by constant, by index, through a range, by a slice of bytes.
RACE(element, "'Array'") {
  inOrder([] { Array[3].X = 1; },   // races
          [] { use(Array[3].X); }); // races
}
RACE(elementByIndex, "'Array'") {
  int I = 4;
  asm("" : "+r"(I));
  inOrder([=] { Array[I].Y = 1; },   // races
          [=] { use(Array[I].Y); }); // races
}
RACE(elementInLoop, "'Array'") {
  inOrder([] { Array[7].X = 1; }, // races
          [] {
            int Sum = 0;
            for (const Point &P : Array)
              Sum += P.X; // races
            use(Sum);
          });
}
RACE(elementCopied, "'Array'") {
  Point To[10];
  inOrder([] { Array[9].Y = 1; },                          // races
          [&] { std::memcpy(To, Array, sizeof(Array)); }); // races
  keep(To);
}
RACE(elementCleared, "'Array'") {
  int From = 5;
  asm("" : "+r"(From));
  inOrder([] { use(Array[5].Y); }, // races
          [=] {
            std::memset(Array + From, 0, sizeof(Point) * (From - 1)); // races
          });
}
RACE(elementsMoved, "'Array'") {
  int Count = 9;
  asm("" : "+r"(Count));
  inOrder([] { use(Array[9].Y); }, // races
          [=] {
            std::memmove(Array + 1, Array, sizeof(Point) * Count); // races
          });
}
RACE(index, "'Word'") {
  inOrder([] { Word = 1; },            // races
          [] { use(Array[Word].X); }); // races
}

// Small things in one word: their bytes meet.
union Parts {
  uint64_t Whole;
  uint8_t Part[8];
} U;
RACE(byteOfWord, "'U'") {
  inOrder([] { U.Part[5] = 1; }, // races
          [] { use(U.Whole); }); // races
}
RACE(halfOverUnaligned, "'U'") {
  inOrder([] { std::memset(&U.Part[3], 1, 4); }, // races
          [] { use(U.Part[6]); });               // races
}

// Neighbours in one unit of bit-fields are one variable.
struct Bits {
  unsigned A : 3, B : 5;
} F;
RACE(bitFields, "'F'") {
  inOrder([] { F.A = 1; },  // races
          [] { F.B = 2; }); // races
}

// A pointer variable, and what it points to.
int Target[2];
int *Pointer = Target;
RACE(pointerItself, "'Pointer'") {
  inOrder([] { Pointer = Target + 1; }, // races
          [] { use(*Pointer); });       // races
}
RACE(throughTwoPointers, "'Target'") {
  inOrder([P = Pointer] { *P = 1; }, // races
          [] { use(Target[0]); });   // races
}

// swap writes both.
int First, Second;
RACE(swapped, "'Second'") {
  inOrder([] { Second = 1; },                // races
          [] { std::swap(First, Second); }); // races
}
