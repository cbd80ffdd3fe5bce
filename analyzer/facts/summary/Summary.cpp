// Frames of summaries, and the tables of a unit in front of its records.
#include "facts/summary/Summary.h"

#include "facts/Hash.h"
#include "facts/summary/Bytes.h"

#include <algorithm>

namespace heddle {
namespace {

constexpr std::string_view kMagic = "HeddleFs";

// Each function that is no lambda of another, with its lambdas.
std::vector<std::vector<FunctionId>> groupsOf(const Unit &U) {
  std::vector<std::vector<FunctionId>> Groups;
  std::vector<size_t> GroupOf(U.Functions.size());
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    FunctionId Parent = U.Functions[F].Parent;
    bool Inner = Parent != kNone && Parent < F;
    GroupOf[F] = Inner ? GroupOf[Parent] : Groups.size();
    if (!Inner)
      Groups.emplace_back();
    Groups[GroupOf[F]].push_back(F);
  }
  return Groups;
}

void writeGlobals(ByteWriter &Out, const PathTable &P) {
  std::map<std::string_view, const Object *> Globals;
  for (ObjectId O = 0; O < P.objects(); ++O)
    if (!P.object(O).Usr.empty())
      Globals.emplace(P.object(O).Usr, &P.object(O));
  Out.number(Globals.size());
  for (auto [Usr, O] : Globals) {
    Out.text(Usr);
    Out.number(O->External | O->Defined << 1 | O->EachDefines << 2 |
               O->Assigned << 3 | O->CapturedByRef << 4);
    Out.number(O->Mentions);
  }
}

void writeUnit(ByteWriter &Out, const Unit &U) {
  Out.text(U.MainFile);
  Out.number(U.Standard);
  Out.number(U.Files.size());
  for (const SourceFile &F : U.Files) {
    Out.text(F.Path);
    Out.fixed(hashText(F.Text));
  }
  Out.number(U.MainFileClasses.size());
  for (const std::string &C : U.MainFileClasses)
    Out.text(C);
  writeGlobals(Out, U.Paths);
}

void writeTold(ByteWriter &Out, const std::vector<ToldFinding> &Told) {
  Out.number(Told.size());
  for (const ToldFinding &T : Told) {
    Out.text(T.CheckId);
    Out.text(T.File);
    Out.number(T.Line);
    Out.number(T.Column);
  }
}

void readUnit(ByteReader &In, Summary &S) {
  S.MainFile = In.text();
  S.Standard = In.number32();
  S.Files.resize(In.count());
  for (SummaryFile &F : S.Files) {
    F.Path = In.text();
    F.Hash = In.fixed();
  }
  for (uint32_t N = In.count(); N > 0; --N)
    S.Classes.emplace(In.text());
  S.Globals.resize(In.count());
  for (GlobalRecord &G : S.Globals) {
    G.Usr = In.text();
    uint64_t Bits = In.number();
    G.External = Bits & 1;
    G.Defined = Bits & 2;
    G.EachDefines = Bits & 4;
    G.Assigned = Bits & 8;
    G.CapturedByRef = Bits & 16;
    G.Mentions = In.number32();
  }
}

bool readPayload(std::string_view Payload, Summary &S) {
  ByteReader In(Payload);
  readUnit(In, S);
  S.Told.resize(In.count());
  for (ToldFinding &T : S.Told) {
    T.CheckId = In.text();
    T.File = In.text();
    T.Line = In.number32();
    T.Column = In.number32();
  }
  S.Records.resize(In.count());
  for (Record &R : S.Records) {
    R.Bytes = In.text();
    R.Hash = hashText(R.Bytes);
    if (!readHeader(R.Bytes, R.Header))
      In.fail();
  }
  return !In.bad() && In.atEnd();
}

std::string_view withoutZeros(std::string_view Bytes) {
  return Bytes.substr(std::min(Bytes.find_first_not_of('\0'), Bytes.size()));
}

} // namespace

std::string writeSummary(const Unit &U, const std::vector<ToldFinding> &Told) {
  ByteWriter Payload;
  writeUnit(Payload, U);
  writeTold(Payload, Told);
  auto Groups = groupsOf(U);
  Payload.number(Groups.size());
  for (const std::vector<FunctionId> &G : Groups)
    Payload.text(writeRecord(U, G));
  ByteWriter Out;
  Out.fixed(kSummaryVersion);
  Out.fixed(Payload.bytes().size());
  Out.fixed(hashText(Payload.bytes()));
  Out.append(Payload);
  return std::string(kMagic) + Out.take();
}

std::string readSummaries(std::string_view Bytes, std::vector<Summary> &Out) {
  for (Bytes = withoutZeros(Bytes); !Bytes.empty();
       Bytes = withoutZeros(Bytes)) {
    ByteReader In(Bytes);
    if (In.bytes(kMagic.size()) != kMagic)
      return "this is no summary of Heddle";
    uint64_t Version = In.fixed(), Length = In.fixed(), Hash = In.fixed();
    if (In.bad())
      return "the summary is cut off";
    if (Version != kSummaryVersion)
      return "the summary has version " + std::to_string(Version) +
             ", this Heddle reads version " + std::to_string(kSummaryVersion) +
             ": compile the file again";
    std::string_view Payload = In.bytes(Length);
    if (In.bad())
      return "the summary is cut off";
    Summary S;
    S.Hash = Hash;
    if (hashText(Payload) != Hash || !readPayload(Payload, S))
      return "the summary is damaged: compile the file again";
    Out.push_back(std::move(S));
    Bytes.remove_prefix(Bytes.size() - In.left());
  }
  return "";
}

} // namespace heddle
