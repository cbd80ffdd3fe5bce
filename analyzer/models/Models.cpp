// Reading of model files with LLVM's YAML IO.
#include "models/Models.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

#include <optional>

namespace heddle {
extern const std::pair<const char *, const char *> kBuiltinModels[];
extern const unsigned kBuiltinModelCount;
} // namespace heddle

using namespace heddle;

namespace {

// A word of the file. Its text lies in the buffer, so that its place is known.
struct Word {
  llvm::StringRef Text;
};

struct FunctionEntry {
  std::vector<Word> Names;
  std::optional<Word> Name;
  std::optional<std::vector<Word>> Params;
  Word What;
  Word Object, Task, TaskArgs, Count, Handle, Lock, Joins, Acquire, AtExit;
  bool Shared = false, Try = false, Timed = false, All = false;
  bool ZeroIsSuccess = false, Result = false, Cooperative = false;
  bool Unwinds = false, ClosedIsStatus = false;
};

struct TypeEntry {
  std::vector<Word> Names;
  std::optional<Word> Name;
  Word Kind;
  bool Handle = false, Shared = false;
  bool JoinsAtEnd = false, CancelsAtEnd = false, AbortsAtEnd = false;
  bool MayNest = false, ReadersNest = false;
  std::vector<Word> Read, Write, Iterate, Elements, Constructs, Decides;
};

struct ModelFile {
  int Version = 0;
  Word Library;
  std::vector<TypeEntry> Types;
  std::vector<FunctionEntry> Functions;
};

} // namespace

LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(Word)
LLVM_YAML_IS_SEQUENCE_VECTOR(TypeEntry)
LLVM_YAML_IS_SEQUENCE_VECTOR(FunctionEntry)

namespace llvm::yaml {
template <> struct ScalarTraits<Word> {
  static void output(const Word &W, void *, raw_ostream &OS) { OS << W.Text; }
  static StringRef input(StringRef Text, void *, Word &W) {
    W.Text = Text;
    return {};
  }
  static QuotingType mustQuote(StringRef S) { return needsQuotes(S); }
};
template <> struct MappingTraits<TypeEntry> {
  static void mapping(IO &In, TypeEntry &E) {
    In.mapOptional("name", E.Name);
    In.mapOptional("names", E.Names);
    In.mapRequired("kind", E.Kind);
    In.mapOptional("handle", E.Handle);
    In.mapOptional("shared", E.Shared);
    In.mapOptional("joins-at-end", E.JoinsAtEnd);
    In.mapOptional("cancels-at-end", E.CancelsAtEnd);
    In.mapOptional("aborts-at-end", E.AbortsAtEnd);
    In.mapOptional("may-nest", E.MayNest);
    In.mapOptional("readers-nest", E.ReadersNest);
    In.mapOptional("read", E.Read);
    In.mapOptional("write", E.Write);
    In.mapOptional("iterate", E.Iterate);
    In.mapOptional("elements", E.Elements);
    In.mapOptional("constructs", E.Constructs);
    In.mapOptional("decides", E.Decides);
  }
};
template <> struct MappingTraits<FunctionEntry> {
  static void mapping(IO &In, FunctionEntry &E) {
    In.mapOptional("name", E.Name);
    In.mapOptional("names", E.Names);
    In.mapOptional("params", E.Params);
    In.mapRequired("effect", E.What);
    In.mapOptional("object", E.Object);
    In.mapOptional("task", E.Task);
    In.mapOptional("args", E.TaskArgs);
    In.mapOptional("amount", E.Count);
    In.mapOptional("handle", E.Handle);
    In.mapOptional("lock", E.Lock);
    In.mapOptional("joins", E.Joins);
    In.mapOptional("acquire", E.Acquire);
    In.mapOptional("shared", E.Shared);
    In.mapOptional("try", E.Try);
    In.mapOptional("timed", E.Timed);
    In.mapOptional("all", E.All);
    In.mapOptional("zero-is-success", E.ZeroIsSuccess);
    In.mapOptional("result", E.Result);
    In.mapOptional("cooperative", E.Cooperative);
    In.mapOptional("unwinds", E.Unwinds);
    In.mapOptional("closed-is-status", E.ClosedIsStatus);
    In.mapOptional("at-exit", E.AtExit);
  }
};
template <> struct MappingTraits<ModelFile> {
  static void mapping(IO &In, ModelFile &F) {
    In.mapRequired("heddle-model", F.Version);
    In.mapRequired("library", F.Library);
    In.mapOptional("types", F.Types);
    In.mapOptional("functions", F.Functions);
  }
};
} // namespace llvm::yaml

static std::optional<TypeRole> parseRole(llvm::StringRef Kind) {
  return llvm::StringSwitch<std::optional<TypeRole>>(Kind)
      .Case("channel", TypeRole::Channel)
      .Case("waitgroup", TypeRole::WaitGroup)
      .Case("mutex", TypeRole::Mutex)
      .Case("rwmutex", TypeRole::RWMutex)
      .Case("recursive-mutex", TypeRole::RecursiveMutex)
      .Case("guard", TypeRole::Guard)
      .Case("condition", TypeRole::Cond)
      .Case("once", TypeRole::Once)
      .Case("semaphore", TypeRole::Semaphore)
      .Case("barrier", TypeRole::Barrier)
      .Case("event", TypeRole::Event)
      .Case("thread", TypeRole::Thread)
      .Case("future", TypeRole::Future)
      .Case("promise", TypeRole::Promise)
      .Case("atomic", TypeRole::Atomic)
      .Case("container", TypeRole::Container)
      .Case("reference", TypeRole::Pointer)
      .Case("shared-pointer", TypeRole::SharedPointer)
      .Case("unique-pointer", TypeRole::UniquePointer)
      .Case("context", TypeRole::Context)
      .Case("timer", TypeRole::Timer)
      .Case("callable", TypeRole::Callable)
      .Case("scope", TypeRole::Scope)
      .Case("value", TypeRole::Plain)
      .Default(std::nullopt);
}

static std::optional<Effect> parseEffect(llvm::StringRef Name) {
  static const std::pair<const char *, Effect> kEffects[] = {
      {"spawn", Effect::Spawn},
      {"join", Effect::Join},
      {"detach", Effect::Detach},
      {"calls", Effect::Calls},
      {"once", Effect::Once},
      {"defer", Effect::Defer},
      {"acquire", Effect::Acquire},
      {"release", Effect::Release},
      {"guard-bind", Effect::GuardBind},
      {"guard-lock", Effect::GuardLock},
      {"guard-unlock", Effect::GuardUnlock},
      {"guard-release", Effect::GuardRelease},
      {"guard-test", Effect::GuardTest},
      {"chan-make", Effect::ChanMake},
      {"chan-nil", Effect::ChanNil},
      {"lock-make", Effect::LockMake},
      {"pool-put", Effect::PoolPut},
      {"send", Effect::Send},
      {"recv", Effect::Recv},
      {"close", Effect::Close},
      {"select", Effect::Select},
      {"case-recv", Effect::CaseRecv},
      {"case-send", Effect::CaseSend},
      {"case-timer", Effect::CaseTimer},
      {"case-default", Effect::CaseDefault},
      {"wg-add", Effect::WgAdd},
      {"wg-done", Effect::WgDone},
      {"wg-wait", Effect::WgWait},
      {"event-set", Effect::EventSet},
      {"event-wait", Effect::EventWait},
      {"barrier-wait", Effect::BarrierWait},
      {"sem-make", Effect::SemMake},
      {"sem-acquire", Effect::SemAcquire},
      {"sem-release", Effect::SemRelease},
      {"cv-wait", Effect::CvWait},
      {"notify", Effect::CvNotify},
      {"cancel-make", Effect::CancelMake},
      {"cancel", Effect::Cancel},
      {"timer-make", Effect::TimerMake},
      {"timer-stop", Effect::TimerStop},
      {"sleep", Effect::Sleep},
      {"yield", Effect::Yield},
      {"blocks", Effect::Blocks},
      {"noreturn", Effect::NoReturn},
      {"container-read", Effect::ContainerRead},
      {"container-write", Effect::ContainerWrite},
      {"iterate", Effect::ContainerIterate},
      {"atomic-read", Effect::AtomicRead},
      {"atomic-write", Effect::AtomicWrite},
      {"atomic-update", Effect::AtomicUpdate},
      {"bind", Effect::Bind},
      {"construct", Effect::Construct},
      {"identity", Effect::Identity},
      {"element", Effect::Element},
      {"member", Effect::Member},
      {"output", Effect::Output},
      {"pure", Effect::Pure}};
  for (const auto &[Text, E] : kEffects)
    if (Name == Text)
      return E;
  return std::nullopt;
}

static std::optional<ArgRef> parseArg(llvm::StringRef Text) {
  ArgRef R;
  if (Text.empty() || Text == "none")
    return R;
  R.K = llvm::StringSwitch<ArgRef::Kind>(Text)
            .Case("this", ArgRef::This)
            .Case("result", ArgRef::Result)
            .Default(ArgRef::Nothing);
  if (R.K != ArgRef::Nothing)
    return R;
  R.K = ArgRef::Number;
  if (!Text.getAsInteger(10, R.Index))
    return R;
  R.K = ArgRef::Arg;
  R.Rest = Text.consume_front("args(");
  if ((R.Rest || Text.consume_front("arg(")) && Text.consume_back(")") &&
      !Text.getAsInteger(10, R.Index))
    return R;
  return std::nullopt;
}

namespace {

// Turns the entries of one file into models, with diagnostics.
class Reader {
public:
  Reader(llvm::StringRef Buffer, llvm::StringRef File,
         std::vector<ModelDiagnostic> &Problems)
      : Buffer(Buffer), File(File), Problems(Problems) {}

  static void onYaml(const llvm::SMDiagnostic &D, void *Self) {
    auto &R = *static_cast<Reader *>(Self);
    R.Problems.push_back({R.File.str(), unsigned(D.getLineNo()),
                          unsigned(D.getColumnNo() + 1), D.getMessage().str(),
                          D.getKind() == llvm::SourceMgr::DK_Error});
  }

  std::vector<TypeModel> types(const TypeEntry &E) {
    std::vector<TypeModel> Out;
    auto Role = parseRole(E.Kind.Text);
    if (!Role) {
      warn(E.Kind, "unknown kind '" + E.Kind.Text.str() + "'");
      return Out;
    }
    TypeModel M;
    M.Role = *Role;
    M.Whole = E.Kind.Text == "value" || *Role == TypeRole::SharedPointer ||
              *Role == TypeRole::Callable;
    M.Handle = E.Handle;
    M.Shared = E.Shared;
    M.JoinsAtEnd = E.JoinsAtEnd;
    M.CancelsAtEnd = E.CancelsAtEnd;
    M.AbortsAtEnd = E.AbortsAtEnd;
    M.MayNest = E.MayNest;
    M.ReadersNest = E.ReadersNest;
    M.Read = texts(E.Read);
    M.Write = texts(E.Write);
    M.Iterate = texts(E.Iterate);
    M.Elements = texts(E.Elements);
    M.Constructs = texts(E.Constructs);
    M.Decides = texts(E.Decides);
    for (const std::string &Name : names(E.Name, E.Names)) {
      M.Name = Name;
      Out.push_back(M);
    }
    return Out;
  }

  std::vector<FunctionModel> functions(const FunctionEntry &E) {
    std::vector<FunctionModel> Out;
    auto What = parseEffect(E.What.Text);
    if (!What) {
      warn(E.What, "unknown effect '" + E.What.Text.str() + "'");
      return Out;
    }
    FunctionModel M;
    M.What = *What;
    M.HasParams = E.Params.has_value();
    if (E.Params)
      M.Params = texts(*E.Params);
    M.Object = arg(E.Object);
    M.Task = arg(E.Task);
    M.TaskArgs = arg(E.TaskArgs);
    M.Count = arg(E.Count);
    M.Handle = arg(E.Handle);
    M.Lock = arg(E.Lock);
    M.Joins = oneOf(E.Joins, {"none", "handle", "auto", "counted", "here"});
    M.Acquire = oneOf(E.Acquire, {"yes", "no", "adopt", "try"});
    M.Shared = E.Shared;
    M.Try = E.Try;
    M.Timed = E.Timed;
    M.All = E.All;
    M.ZeroIsSuccess = E.ZeroIsSuccess;
    M.Result = E.Result;
    M.Cooperative = E.Cooperative;
    M.Unwinds = E.Unwinds;
    M.ClosedIsStatus = E.ClosedIsStatus;
    M.AtExit = E.AtExit.Text.str();
    for (const std::string &Name : names(E.Name, E.Names)) {
      M.Name = Name;
      Out.push_back(M);
    }
    return Out;
  }

private:
  void warn(const Word &At, std::string Message) {
    unsigned Line = 0, Column = 0;
    if (At.Text.data() >= Buffer.begin() && At.Text.data() <= Buffer.end()) {
      llvm::StringRef Before(Buffer.data(), At.Text.data() - Buffer.data());
      Line = Before.count('\n') + 1;
      Column = Before.size() - (Before.rfind('\n') + 1) + 1;
    }
    Problems.push_back({File.str(), Line, Column, std::move(Message), false});
  }

  std::vector<std::string> names(const std::optional<Word> &Name,
                                 const std::vector<Word> &Names) {
    std::vector<std::string> Out = texts(Names);
    if (Name)
      Out.push_back(Name->Text.str());
    if (Out.empty())
      Problems.push_back({File.str(), 0, 0, "entry without a name", false});
    return Out;
  }

  static std::vector<std::string> texts(const std::vector<Word> &Words) {
    std::vector<std::string> Out;
    for (const Word &W : Words)
      Out.push_back(W.Text.str());
    return Out;
  }

  ArgRef arg(const Word &W) {
    if (auto R = parseArg(W.Text))
      return *R;
    warn(W, "expected this, result, none, a number, arg(N) or args(N), not '" +
                W.Text.str() + "'");
    return {};
  }

  std::string oneOf(const Word &W, std::initializer_list<const char *> Known) {
    if (W.Text.empty())
      return {};
    for (const char *K : Known)
      if (W.Text == K)
        return K;
    warn(W, "unknown value '" + W.Text.str() + "'");
    return {};
  }

  llvm::StringRef Buffer, File;
  std::vector<ModelDiagnostic> &Problems;
};

} // namespace

void ModelSet::add(std::string_view Yaml, std::string_view FileName) {
  llvm::StringRef Text(Yaml.data(), Yaml.size());
  Reader R(Text, FileName, Problems);
  llvm::yaml::Input In(Text, nullptr, Reader::onYaml, &R);
  In.setAllowUnknownKeys(true);
  ModelFile File;
  In >> File;
  if (In.error())
    return;
  if (File.Version != 1)
    Problems.push_back({std::string(FileName), 1, 1,
                        "heddle-model: 1 is the only version", false});
  Libraries.push_back(File.Library.Text.str());
  for (const TypeEntry &E : File.Types)
    for (TypeModel &M : R.types(E))
      addType(std::move(M));
  for (const FunctionEntry &E : File.Functions)
    for (FunctionModel &M : R.functions(E))
      addFunction(std::move(M));
}

bool ModelSet::addFile(const std::string &FileName) {
  auto Buffer = llvm::MemoryBuffer::getFile(FileName, /*IsText=*/true);
  if (!Buffer) {
    Problems.push_back(
        {FileName, 0, 0,
         "cannot read the model file: " + Buffer.getError().message(), true});
    return false;
  }
  add((*Buffer)->getBuffer(), FileName);
  return true;
}

const ModelSet &ModelSet::builtin() {
  static const ModelSet *Models = [] {
    auto *M = new ModelSet;
    for (unsigned I = 0; I < kBuiltinModelCount; ++I)
      M->add(kBuiltinModels[I].second, kBuiltinModels[I].first);
    return M;
  }();
  return *Models;
}

std::vector<ModelDiagnostic>
heddle::checkModels(const std::vector<std::string> &Files) {
  ModelSet Models = ModelSet::builtin();
  for (const std::string &File : Files)
    Models.addFile(File);
  return Models.diagnostics();
}
