// Findings field by field.
#include "hosts/standalone/FindingBytes.h"

namespace heddle {

void writeLocation(ByteWriter &Out, const Location &L) {
  Out.text(L.File);
  for (uint32_t N : {L.Line, L.Column, L.Length, L.Offset})
    Out.number(N);
  Out.text(L.LineText);
}

Location readLocation(ByteReader &In) {
  Location L;
  L.File = In.text();
  for (uint32_t *N : {&L.Line, &L.Column, &L.Length, &L.Offset})
    *N = In.number32();
  L.LineText = In.text();
  return L;
}

static void writeFix(ByteWriter &Out, const Fix &F) {
  Out.text(F.Title);
  Out.number(F.Safe);
  Out.number(F.Edits.size());
  for (const Replacement &R : F.Edits) {
    Out.text(R.File);
    for (uint32_t N : {R.Offset, R.Length, R.Line, R.Column})
      Out.number(N);
    Out.text(R.Text);
  }
}

static Fix readFix(ByteReader &In) {
  Fix F;
  F.Title = In.text();
  F.Safe = In.number();
  F.Edits.resize(In.count());
  for (Replacement &R : F.Edits) {
    R.File = In.text();
    for (uint32_t *N : {&R.Offset, &R.Length, &R.Line, &R.Column})
      *N = In.number32();
    R.Text = In.text();
  }
  return F;
}

static Finding readFinding(ByteReader &In) {
  Finding F;
  F.CheckId = In.text();
  F.Level = In.number() ? Severity::Warning : Severity::Error;
  for (std::string *T :
       {&F.Message, &F.Label, &F.Function, &F.Fingerprint, &F.Strands})
    *T = In.text();
  F.Where = readLocation(In);
  F.Context = readLocation(In);
  F.Notes.resize(In.count());
  for (Note &N : F.Notes) {
    N.Message = In.text();
    N.Where = readLocation(In);
  }
  F.Fixes.resize(In.count());
  for (Fix &Each : F.Fixes)
    Each = readFix(In);
  return F;
}

void writeFindings(ByteWriter &Out, const std::vector<Finding> &Findings) {
  Out.number(Findings.size());
  for (const Finding &F : Findings) {
    Out.text(F.CheckId);
    Out.number(F.Level == Severity::Warning);
    for (const std::string *T :
         {&F.Message, &F.Label, &F.Function, &F.Fingerprint, &F.Strands})
      Out.text(*T);
    writeLocation(Out, F.Where);
    writeLocation(Out, F.Context);
    Out.number(F.Notes.size());
    for (const Note &N : F.Notes) {
      Out.text(N.Message);
      writeLocation(Out, N.Where);
    }
    Out.number(F.Fixes.size());
    for (const Fix &Each : F.Fixes)
      writeFix(Out, Each);
  }
}

std::vector<Finding> readFindings(ByteReader &In) {
  std::vector<Finding> Findings(In.count());
  for (Finding &F : Findings)
    F = readFinding(In);
  return Findings;
}

} // namespace heddle
