// Standard containers, by the names of their members and by their headers.
//
// Objects built with line tables only name an inlined member without its class;
// then the header tells which container it is.
#include "report/Container.h"

#include <cstring>

namespace heddle {
namespace {

struct Known {
  const char *Name;
  int Arguments; // that say something to a reader
};
constexpr Known kContainers[] = {{"vector", 1},
                                 {"map", 2},
                                 {"multimap", 2},
                                 {"set", 1},
                                 {"multiset", 1},
                                 {"unordered_map", 2},
                                 {"unordered_set", 1},
                                 {"deque", 1},
                                 {"unordered_multimap", 2},
                                 {"list", 1},
                                 {"forward_list", 1},
                                 {"unordered_multiset", 1},
                                 {"queue", 1},
                                 {"priority_queue", 1},
                                 {"basic_string", 1},
                                 {"stack", 1},
                                 {"shared_ptr", 1},
                                 {"weak_ptr", 1},
                                 {"unique_ptr", 1},
                                 {"array", 2},
                                 {"bitset", 1},
                                 {"optional", 1},
                                 {"variant", 9},
                                 {"function", 1}};

// Bases whose members users call by the name of what is derived from them.
struct Base {
  const char *Name, *Derived;
};
constexpr Base kBases[] = {{"std::__shared_ptr", "std::shared_ptr"},
                           {"std::__shared_ptr_access", "std::shared_ptr"},
                           {"std::__shared_count", "std::shared_ptr"},
                           {"std::_Sp_counted_base", "std::shared_ptr"},
                           {"std::__weak_ptr", "std::weak_ptr"},
                           {"std::_Optional_base_impl", "std::optional"},
                           {"std::_Optional_payload_base", "std::optional"},
                           {"std::_Optional_payload", "std::optional"},
                           {"std::_Vector_base", "std::vector"},
                           {"std::_Deque_base", "std::deque"},
                           {"std::_List_base", "std::list"}};

struct Header {
  const char *File;
  const char *Type;
};
constexpr Header kHeaders[] = {
    {"/stl_map.h", "std::map"},
    {"/stl_multimap.h", "std::multimap"},
    {"/stl_set.h", "std::set"},
    {"/stl_multiset.h", "std::multiset"},
    {"/stl_tree.h", "std::map or std::set"},
    {"/stl_vector.h", "std::vector"},
    {"/vector.tcc", "std::vector"},
    {"/stl_bvector.h", "std::vector<bool>"},
    {"/stl_deque.h", "std::deque"},
    {"/deque.tcc", "std::deque"},
    {"/stl_list.h", "std::list"},
    {"/list.tcc", "std::list"},
    {"/forward_list.h", "std::forward_list"},
    {"/basic_string.h", "std::string"},
    {"/basic_string.tcc", "std::string"},
    {"/unordered_map.h", "std::unordered_map"},
    {"/unordered_set.h", "std::unordered_set"},
    {"/hashtable.h", "std::unordered_map or std::unordered_set"},
    {"/stl_queue.h", "std::queue"},
    {"/stl_stack.h", "std::stack"},
    {"/shared_ptr.h", "std::shared_ptr"},
    {"/shared_ptr_base.h", "std::shared_ptr"},
    {"/unique_ptr.h", "std::unique_ptr"},
    {"/optional", "std::optional"},
    {"/variant", "std::variant"},
    {"/any", "std::any"},
    {"/array", "std::array"},
    {"/bitset", "std::bitset"},
    {"/std_function.h", "std::function"},
    // libc++
    {"/v1/map", "std::map"},
    {"/v1/set", "std::set"},
    {"/v1/__tree", "std::map or std::set"},
    {"/v1/vector", "std::vector"},
    {"/v1/string", "std::string"},
    {"/v1/deque", "std::deque"},
    {"/v1/list", "std::list"},
    {"/v1/unordered_map", "std::unordered_map"},
    {"/v1/unordered_set", "std::unordered_set"},
    {"/v1/__hash_table", "std::unordered_map or std::unordered_set"},
    {"/v1/__memory/shared_ptr.h", "std::shared_ptr"},
    {"/v1/__functional/function.h", "std::function"}};

const Known *knownContainer(const std::string &Name) {
  for (const Known &K : kContainers)
    if (Name == std::string("std::") + K.Name)
      return &K;
  return nullptr;
}

bool endsWith(const std::string &S, const char *Suffix) {
  size_t N = strlen(Suffix);
  return S.size() >= N && S.compare(S.size() - N, N, Suffix) == 0;
}

void eraseAll(std::string &S, const char *Part) {
  for (size_t At; (At = S.find(Part)) != std::string::npos;)
    S.erase(At, strlen(Part));
}

// 'operator=<x>' -> 'operator=', '~a' -> 'destructor', 'a' of a ->
// 'constructor'.
std::string memberName(const std::string &Class, std::string Member) {
  bool IsOperator = Member.compare(0, 8, "operator") == 0;
  size_t Tag = Member.find("[abi:");
  if (Tag != std::string::npos)
    Member.resize(Tag);
  size_t Angle = Member.find('<');
  if (Angle != std::string::npos && (!IsOperator || Angle > 8))
    Member.resize(Angle);
  if (Member[0] == '~')
    return "destructor";
  size_t Colon = Class.rfind(':', Class.find('<'));
  std::string Own = Class.substr(Colon == std::string::npos ? 0 : Colon + 1);
  return Own.compare(0, Own.find('<'), Member) ? Member : "constructor";
}

// 'x a::b<c>::d(e)' -> 'a::b<c>' and 'd'.
ContainerUse splitMember(const std::string &Function) {
  size_t Begin = 0, Cut = std::string::npos, I = 0;
  int Depth = 0;
  for (; I < Function.size(); ++I) {
    char C = Function[I];
    if (Depth == 0 && (C == '(' || Function.compare(I, 8, "operator") == 0))
      break;
    Depth += C == '<' || C == '(' ? 1 : C == '>' || C == ')' ? -1 : 0;
    if (C == ':' && Depth == 0 && Function[I + 1] == ':')
      Cut = I++;
    else if (C == ' ' && Depth == 0)
      Begin = I + 1; // behind the type that is returned
  }
  if (Cut == std::string::npos || Cut < Begin)
    return {};
  bool IsCall = Function.compare(I, 10, "operator()") == 0;
  size_t End = Function.find('(', IsCall ? I + 10 : I);
  std::string Class = Function.substr(Begin, Cut - Begin);
  return {Class, memberName(Class, Function.substr(Cut + 2, End - Cut - 2))};
}

// Without inline namespaces, and the derived class for a base.
std::string plainClass(std::string Class) {
  for (const char *Inline : {"__cxx11::", "__1::", "__debug::", "__cxx1998::"})
    eraseAll(Class, Inline);
  size_t Angle = Class.find('<');
  for (const Base &B : kBases)
    if (Class.compare(0, Angle, B.Name) == 0)
      return B.Derived + Class.substr(Angle);
  return Class;
}

ContainerUse byName(const Frame &F) {
  ContainerUse Use = splitMember(F.Function);
  std::string Class = plainClass(Use.Type);
  size_t Angle = Class.find('<');
  if (Angle == std::string::npos || !knownContainer(Class.substr(0, Angle)))
    return {};
  return {shortType(Class), Use.Operation};
}

// With line tables only, an inlined function has its bare name.
std::string operationOf(const std::string &Function) {
  ContainerUse Use = splitMember(Function);
  return Use.Operation.empty() ? memberName("", functionText(Function))
                               : Use.Operation;
}

ContainerUse byHeader(const Frame &F) {
  for (const Header &H : kHeaders)
    if (endsWith(F.File, H.File))
      return {H.Type, operationOf(F.Function)};
  return {};
}

} // namespace

ContainerUse containerUse(const Frames &Stack) {
  ContainerUse Use;
  for (const Frame &F : Stack) {
    if (F.IsUser)
      return Use;
    ContainerUse Here = byName(F);
    if (Here.Type.empty())
      Here = byHeader(F);
    if (!Here.Type.empty())
      Use = Here;
  }
  return {};
}

namespace {

// A parser of type names: Text[At] and on.
struct TypeText {
  const std::string &Text;
  size_t At = 0;

  std::string type() {
    std::string Name;
    while (At < Text.size() && !strchr("<>,", Text[At]))
      Name += Text[At++];
    size_t Begin = Name.find_first_not_of(' ');
    Name.erase(0, Begin == std::string::npos ? Name.size() : Begin);
    if (At >= Text.size() || Text[At] != '<')
      return Name;
    std::string Result = shorten(Name, arguments());
    return At < Text.size() && !strchr(",>", Text[At]) ? Result + type()
                                                       : Result;
  }

  std::vector<std::string> arguments() {
    std::vector<std::string> All;
    do {
      ++At;
      All.push_back(type());
    } while (At < Text.size() && Text[At] == ',');
    if (At < Text.size())
      ++At;
    return All;
  }

  static std::string shorten(const std::string &Name,
                             const std::vector<std::string> &Arguments) {
    if (Name == "std::basic_string" && Arguments[0] == "char")
      return "std::string";
    size_t Keep = Arguments.size();
    if (const Known *K = knownContainer(Name))
      Keep = size_t(K->Arguments) < Keep ? size_t(K->Arguments) : Keep;
    std::string Result = Name + "<";
    for (size_t I = 0; I < Keep; ++I)
      Result += (I ? ", " : "") + Arguments[I];
    return Result + ">";
  }
};

} // namespace

std::string shortType(const std::string &Type) {
  std::string Plain = Type;
  for (const char *Inline : {"__cxx11::", "__1::"})
    eraseAll(Plain, Inline);
  TypeText T{Plain};
  return T.type();
}

} // namespace heddle
