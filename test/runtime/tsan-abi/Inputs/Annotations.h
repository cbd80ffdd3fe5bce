// The dynamic annotations that the tests use, as Valgrind's header has them.
#ifndef HEDDLE_TEST_TSANABI_ANNOTATIONS_H
#define HEDDLE_TEST_TSANABI_ANNOTATIONS_H

#include <cstddef>

extern "C" {
void AnnotateHappensBefore(const char *, int, const volatile void *);
void AnnotateHappensAfter(const char *, int, const volatile void *);
void AnnotateBenignRaceSized(const char *, int, const volatile void *, size_t,
                             const char *);
void AnnotateIgnoreWritesBegin(const char *, int);
void AnnotateIgnoreWritesEnd(const char *, int);
void AnnotateIgnoreSyncBegin(const char *, int);
void AnnotateIgnoreSyncEnd(const char *, int);
void AnnotateNewMemory(const char *, int, const volatile void *, size_t);
void AnnotateThreadName(const char *, int, const char *);
}

#endif
