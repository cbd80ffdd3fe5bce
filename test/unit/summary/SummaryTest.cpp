// Summaries: what is written is read; any other bytes are refused.
#include "Sample.h"

#include "facts/summary/Program.h"

#include <gtest/gtest.h>

using namespace heddle;
using namespace heddle::test;

static Program programOf(const std::string &Bytes) {
  std::vector<Summary> All;
  EXPECT_EQ(readSummaries(Bytes, All), "");
  return Program(std::move(All));
}

// The record of what was read has the bytes of the record that was read.
TEST(Summary, RoundTrip) {
  Unit U = richUnit();
  std::string Before = writeRecord(U, {0, 1});
  std::string Bytes = writeSummary(U, {{"lock-order", "/src/a.cpp", 3, 4}});
  Program P = programOf(Bytes);
  std::optional<Unit> Back = P.assemble({0, 0});
  ASSERT_TRUE(Back);
  EXPECT_EQ(writeRecord(*Back, {0, 1}), Before);
  EXPECT_EQ(Back->Paths.spell(Back->Functions[0].Ops[3].Object), "Ids[i].Name");
  const Summary &S = P.units()[0];
  EXPECT_EQ(S.MainFile, "/src/a.cpp");
  EXPECT_EQ(S.Told[0].CheckId, "lock-order");
  EXPECT_TRUE(S.Classes.count("Pool"));
}

TEST(Summary, SectionsOneBehindTheOther) {
  std::string One = writeSummary(emptyUnit("/a.cpp"), {});
  std::string Two = writeSummary(emptyUnit("/b.cpp"), {});
  std::vector<Summary> All;
  std::string Joined = One + std::string(3, '\0') + Two + std::string(1, '\0');
  EXPECT_EQ(readSummaries(Joined, All), "");
  ASSERT_EQ(All.size(), 2u);
  EXPECT_EQ(All[1].MainFile, "/b.cpp");
}

TEST(Summary, EveryTruncationIsSaid) {
  std::string Bytes = writeSummary(richUnit(), {});
  for (size_t Size = 1; Size < Bytes.size(); ++Size) {
    std::vector<Summary> All;
    EXPECT_NE(readSummaries(Bytes.substr(0, Size), All), "") << Size;
  }
}

TEST(Summary, EveryFlippedBitIsSaid) {
  const std::string Bytes = writeSummary(richUnit(), {});
  for (size_t At = 0; At < Bytes.size(); ++At)
    for (unsigned Bit = 0; Bit < 8; ++Bit) {
      std::string Damaged = Bytes;
      Damaged[At] = char(Damaged[At] ^ (1 << Bit));
      std::vector<Summary> All;
      EXPECT_NE(readSummaries(Damaged, All), "") << At << ' ' << Bit;
    }
}

TEST(Summary, AnotherVersionIsNamed) {
  std::string Bytes = writeSummary(emptyUnit("/a.cpp"), {});
  Bytes[8] = 99;
  std::vector<Summary> All;
  EXPECT_NE(readSummaries(Bytes, All).find("has version 99"),
            std::string::npos);
}

// Behind the hash, too: a record of any bytes is read or refused.
static void readAnything(const std::string &Bytes) {
  RecordHeader H;
  if (!readHeader(Bytes, H) || H.Functions > 1000)
    return;
  Unit U;
  U.Functions.resize(H.Functions);
  RecordPlace Place{U, 0, std::vector<FunctionId>(H.Refs.size(), kNone),
                    [&](Object O) { return U.Paths.addObject(std::move(O)); },
                    [](const std::string &Class) { return Class; }};
  if (readRecord(Bytes, Place))
    for (const Function &F : U.Functions)
      for (const Op &O : F.Ops)
        EXPECT_TRUE(O.Object == kNone || O.Object < U.Paths.size());
}

TEST(Record, AnyBytes) {
  const std::string Bytes = writeRecord(richUnit(), {0, 1});
  for (size_t At = 0; At < Bytes.size(); ++At) {
    readAnything(Bytes.substr(0, At));
    for (unsigned Bit = 0; Bit < 8; ++Bit) {
      std::string Damaged = Bytes;
      Damaged[At] = char(Damaged[At] ^ (1 << Bit));
      readAnything(Damaged);
    }
    std::string Large = Bytes;
    Large.replace(At, 1, "\xff\xff\xff\xff\x0f");
    readAnything(Large);
  }
}
