// One function for each compiler that a mixed program is made of.
#ifndef HEDDLE_TEST_TSANABI_BUMP_H
#define HEDDLE_TEST_TSANABI_BUMP_H

extern int Shared, Guarded;
using Function = void();

void callByHeddle(Function *F);
void callByClang(Function *F);
void callByGcc(Function *F);
void bumpByHeddle();
void bumpByClang();
void bumpByGcc();

#endif
