// From the functions of a unit to records.
#include "facts/summary/Record.h"

#include "facts/Keys.h"
#include "facts/Scope.h"
#include "facts/summary/Bytes.h"
#include "facts/summary/Exchange.h"

namespace heddle {
namespace {

// What is numbered as it is met: 1, 2, ...; 0 is nothing.
template <class Id> struct Numbers {
  std::map<Id, uint32_t> Of;
  ByteWriter Entries;

  // 0 if it is new; its number is then known from here on.
  uint32_t find(const Id &I) {
    auto [It, New] = Of.try_emplace(I, uint32_t(Of.size() + 1));
    return New ? 0 : It->second;
  }
};

class Writer {
public:
  Writer(const Unit &U, const std::vector<FunctionId> &Group)
      : U(U), Group(Group) {
    for (FunctionId F : Group)
      Members.emplace(F, uint32_t(Members.size()));
  }

  std::string write() {
    for (FunctionId F : Group) {
      Function Copy = U.function(F);
      exchange(*this, Copy);
    }
    ByteWriter All;
    writeHeader(All);
    appendTable(All, Texts);
    appendTable(All, Files);
    appendTable(All, Objects);
    appendTable(All, Paths);
    All.number(Sources.size());
    for (auto [O, P] : Sources) {
      All.number(O);
      All.number(P);
    }
    appendTable(All, Conditions);
    All.append(Out);
    return All.take();
  }

  void number(uint32_t N) { To->number(N); }
  void integer(int64_t N) { To->integer(N); }
  void difference(uint32_t N, uint32_t From) {
    To->integer(int64_t(N) - int64_t(From));
  }
  void index(uint32_t I) { To->number(I == kNone ? 0 : uint64_t(I) + 1); }
  template <class E> void choice(E Value, E) { To->number(uint64_t(Value)); }
  void flags(std::initializer_list<bool *> All) {
    uint64_t Bits = 0, At = 1;
    for (bool *Each : All) {
      Bits |= *Each ? At : 0;
      At <<= 1;
    }
    To->number(Bits);
  }
  template <class T, class F> void list(std::vector<T> &All, F Each) {
    To->number(All.size());
    for (T &One : All)
      Each(One);
  }

  void text(const std::string &Text) { To->number(textNumber(Text)); }
  void file(uint32_t F) {
    To->number(F == kNone ? 0 : fileNumber(U.Files[F].Path));
  }
  void key(const std::string &Key) { text(withNumbers(Key)); }
  void path(PathId P) { To->number(pathNumber(P)); }
  void object(ObjectId O) { To->number(objectNumber(O)); }
  void function(FunctionId F) { To->number(functionNumber(F)); }
  void elsewhere(uint32_t E) {
    To->number(E == kNone ? 0 : refNumber({U.Elsewhere[E], false, true}));
  }
  void condition(CondId C) {
    if (C == kNone)
      return To->number(0);
    uint32_t Known = Conditions.find(C);
    if (!Known) {
      Condition Copy = U.Conditions[C];
      entry(Conditions, [&] { exchange(*this, Copy); });
      Known = Conditions.Of[C];
    }
    To->number(Known);
  }

private:
  template <class Table, class Write> void entry(Table &T, Write What) {
    ByteWriter Own, *Before = To;
    To = &Own;
    What();
    To = Before;
    T.Entries.append(Own);
  }
  template <class Table> static void appendTable(ByteWriter &All, Table &T) {
    All.number(T.Of.size());
    All.append(T.Entries);
  }

  uint32_t textNumber(const std::string &Text) {
    if (Text.empty())
      return 0;
    uint32_t Known = Texts.find(Text);
    if (!Known)
      Texts.Entries.text(Text);
    return Texts.Of[Text];
  }
  uint32_t fileNumber(const std::string &Path) {
    if (!Files.find(Path))
      Files.Entries.number(textNumber(Path));
    return Files.Of[Path];
  }

  uint32_t objectNumber(ObjectId O) {
    if (O == kNone)
      return 0;
    if (uint32_t Known = Objects.find(O))
      return Known;
    uint32_t Number = Objects.Of[O];
    Object Copy = U.Paths.object(O);
    simplify(Copy);
    entry(Objects, [&] { exchange(*this, Copy); });
    if (Copy.Source != kNone) {
      uint32_t Source = pathNumber(Copy.Source);
      Sources.push_back({Number, Source});
    }
    return Number;
  }

  // What another unit may see otherwise is written once for the unit; the
  // locals of functions that are not written here have no meaning.
  void simplify(Object &O) {
    if (!O.Usr.empty()) {
      O.Assigned = O.CapturedByRef = false;
      O.Mentions = 0;
      O.Owner = kNone;
    }
    bool Global = O.K == Object::Global || O.K == Object::StaticLocal;
    if (O.Owner != kNone && !Members.count(O.Owner) && !Global) {
      O.K = Object::Unknown;
      O.Owner = kNone;
      O.Source = kNone;
    }
  }

  uint32_t pathNumber(PathId P) {
    if (P == kNone)
      return 0;
    if (auto It = Paths.Of.find(P); It != Paths.Of.end())
      return It->second;
    const Path Step = U.Paths.path(P);
    uint32_t Base = Step.Kind == StepKind::Root ? objectNumber(Step.Object)
                                                : pathNumber(Step.Parent);
    std::string Label = Step.Kind == StepKind::Index && !isQuoted(Step.Label)
                            ? withNumbers(Step.Label)
                            : Step.Label;
    uint32_t LabelText = textNumber(Label), Class = textNumber(Step.Class);
    // The way to the root object's source may have led here.
    if (Paths.find(P))
      return Paths.Of[P];
    ByteWriter &E = Paths.Entries;
    E.number(uint64_t(Step.Kind));
    E.number(Base);
    E.number(LabelText);
    E.number(Class);
    E.number(uint64_t(Step.Role));
    E.number(Step.Handle);
    return Paths.Of[P];
  }
  static bool isQuoted(const std::string &Label) {
    return !Label.empty() && Label.front() == '"';
  }

  std::string withNumbers(const std::string &Key) {
    return replaceMarks(Key, [&](uint32_t P) {
      return mark(P < U.Paths.size() ? pathNumber(P) : 0);
    });
  }

  uint32_t functionNumber(FunctionId F) {
    if (F == kNone)
      return 0;
    if (auto It = Members.find(F); It != Members.end())
      return It->second + 1;
    const Function &Fn = U.function(F);
    // What two functions of the unit are called names none of them.
    auto It = U.ByUsr.find(Fn.Usr);
    if (Fn.Usr.empty() || It == U.ByUsr.end() || It->second != F)
      return 0;
    return refNumber({Fn.Usr, !Fn.External, false});
  }
  uint32_t refNumber(const FunctionRef &R) {
    auto Key = std::make_pair(R.Usr, R.Elsewhere);
    auto [It, New] = RefOf.try_emplace(Key, uint32_t(Refs.size()));
    if (New)
      Refs.push_back(R);
    return uint32_t(Group.size()) + It->second + 1;
  }

  void writeHeader(ByteWriter &All) {
    const Function &Top = U.function(Group.front());
    bool Concurrent = false;
    for (FunctionId F : Group)
      Concurrent |= hasConcurrentOp(U.function(F));
    All.text(Top.Usr);
    All.number(uint64_t(Top.Kind));
    All.number(Top.External | Top.InMainFile << 1 | Concurrent << 2);
    All.number(Group.size());
    All.number(Refs.size());
    for (const FunctionRef &R : Refs) {
      All.text(R.Usr);
      All.number(R.Internal | R.Elsewhere << 1);
    }
  }

  const Unit &U;
  const std::vector<FunctionId> &Group;
  std::map<FunctionId, uint32_t> Members;
  std::vector<FunctionRef> Refs;
  std::map<std::pair<std::string, bool>, uint32_t> RefOf;
  Numbers<std::string> Texts, Files;
  Numbers<ObjectId> Objects;
  Numbers<PathId> Paths;
  Numbers<CondId> Conditions;
  std::vector<std::pair<uint32_t, uint32_t>> Sources; // objects, paths
  ByteWriter Out, *To = &Out;
};

} // namespace

std::string writeRecord(const Unit &U, const std::vector<FunctionId> &Group) {
  return Writer(U, Group).write();
}

} // namespace heddle
