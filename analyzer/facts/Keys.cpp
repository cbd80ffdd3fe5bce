// Reading and rewriting the marks of a key.
#include "facts/Keys.h"

#include <algorithm>
#include <charconv>

namespace heddle {

std::string mark(uint32_t Id) { return "#" + std::to_string(Id); }

std::string replaceMarks(std::string_view Key,
                         const std::function<std::string(uint32_t)> &Text) {
  std::string Out;
  for (size_t At = Key.find('#'); At != std::string_view::npos;
       At = Key.find('#')) {
    uint32_t Id = 0;
    const char *Number = Key.data() + At + 1;
    auto [End, Error] = std::from_chars(Number, Key.data() + Key.size(), Id);
    bool IsMark = Error == std::errc();
    Out += Key.substr(0, At);
    Out += IsMark ? Text(Id) : "#";
    Key.remove_prefix(size_t((IsMark ? End : Number) - Key.data()));
  }
  return Out += Key;
}

std::string withoutMarks(std::string_view Key) {
  return replaceMarks(Key, [](uint32_t) { return ""; });
}

std::vector<uint32_t> marksIn(std::string_view Key) {
  std::vector<uint32_t> Out;
  replaceMarks(Key, [&](uint32_t Id) {
    Out.push_back(Id);
    return std::string();
  });
  return Out;
}

bool mentions(std::string_view Key, PathId P) {
  std::vector<uint32_t> Marks = marksIn(Key);
  return std::find(Marks.begin(), Marks.end(), P) != Marks.end();
}

} // namespace heddle
