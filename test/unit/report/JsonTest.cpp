// The JSON writer: structure and escapes.
#include "report/Json.h"

#include <gtest/gtest.h>

using namespace heddle;

namespace {
std::string quoted(const std::string &Text) {
  return Json().string(nullptr, Text).text();
}
} // namespace

TEST(Json, NestsObjectsAndArrays) {
  Json J;
  J.beginObject().number("a", -1).beginArray("b").endArray();
  J.beginArray("c").boolean(nullptr, true).string(nullptr, "x").endArray();
  J.endObject();
  EXPECT_EQ(J.text(), "{\n \"a\": -1,\n \"b\": [],\n \"c\": [\n  true,\n"
                      "  \"x\"\n ]\n}");
}

TEST(Json, EscapesWhatMustBeEscaped) {
  EXPECT_EQ(quoted("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\u000a\\u0001\"");
  EXPECT_EQ(quoted("\xc3\xa4 \xf0\x9f\x98\x80"),
            "\"\xc3\xa4 \xf0\x9f\x98\x80\"");
}

TEST(Json, ReplacesWhatIsNotUtf8) {
  const std::string Bad = "\xef\xbf\xbd";
  EXPECT_EQ(validUtf8("\xff"), Bad);
  EXPECT_EQ(validUtf8("a\xc3"), "a" + Bad);
  EXPECT_EQ(validUtf8("\xc0\xaf"), Bad + Bad);           // overlong
  EXPECT_EQ(validUtf8("\xed\xa0\x80"), Bad + Bad + Bad); // surrogate
  EXPECT_EQ(validUtf8("\xf4\x90\x80\x80"), Bad + Bad + Bad + Bad);
}
