"""A lit format: compiles each pattern with Heddle, runs it once and compares.

A folder is one bug of a real program; broken.cpp and mended.cpp are on go::,
broken-std.cpp and mended-std.cpp on std. Comments of a broken program say what
is expected of it, on lines of their own after the first sentence:

    // Static: gap                      no check finds it yet
    // Static: chan-leak-on-return      a finding with this id
    // Run: deadlock                    one ordinary run finds it, as this kind
    // Run: deadlock, leak              as one of these
    // Run: sometimes leak              some schedules find it, others are silent
    // Run: gap                         no run finds it yet

A static finding counts on a line that ends with `// defect`; on one that ends
with `// defect too` it is right and does not count, nor does `ID` on one that ends
with `// defect, but for ID`. One elsewhere, a gap that is
found, and a finding in a mended program are failures. `// False: ID` names known
false reports of the analyzer, which must be reported until they are gone.

Each test prints `pattern NAME HALF static|run: found|missed|silent|false`, and
tools/dev score patterns-static and patterns-run count these lines.
"""
import dataclasses
import json
import pathlib
import re
import subprocess
import tempfile

import lit.formats
import lit.Test

EXPECTED = re.compile(r"^// (Static|Run|False): (.*)$", re.M)
FINDING = re.compile(r"^(\S+?):(\d+):\d+: (?:warning|error): .*"
                     r"\[([a-z][a-z0-9-]+)\]$", re.M)


@dataclasses.dataclass
class Outcome:
    """What one column found, and why that is not as expected, or ''."""
    found: bool
    complaint: str = ""


def words_of(expected):
    return set(expected.replace(",", " ").split())


def judge(expected, got, optional=False):
    """Compares the names that were found with those expected of a program."""
    names = words_of(expected) - {"none", "gap", "sometimes"}
    shown = ", ".join(sorted(got)) or "nothing"
    if got - names:
        return Outcome(bool(got), f"{shown} instead of {expected}")
    if names and not got and not optional:
        return Outcome(False, f"nothing instead of {expected}")
    return Outcome(bool(got))


def judge_static(source, expected, diagnostics):
    """Found: on a marked line of a broken program, anywhere in a mended one."""
    lines = source.read_text().splitlines()
    got, stray = set(), set()
    for path, number, name in FINDING.findall(diagnostics):
        line = lines[int(number) - 1]
        if pathlib.Path(path).name != source.name:
            stray.add(name)
        elif line.endswith("// defect") or (
                "// defect, but for " in line and not line.endswith(name)):
            got.add(name)
        elif not line.endswith(("// defect too", f"// defect, but for {name}")):
            stray.add(name)
    outcome = judge(expected.get("Static", "none"), got)
    known = words_of(expected.get("False", ""))
    if stray != known:
        outcome.complaint = (f"false reports of {', '.join(sorted(stray))}, "
                             f"known are {', '.join(sorted(known))}")
    outcome.found |= source.stem.startswith("mended") and bool(stray)
    return outcome


def judge_run(expected, code, result):
    kinds = {finding["kind"] for finding in result["findings"]}
    if result["outcome"] not in ("clean", "findings", "timed-out"):
        kinds.add("crash")
    outcome = judge(expected, kinds, optional="sometimes" in expected)
    if kinds - {"crash"} and code != 66 and "crash" not in kinds:
        outcome.complaint = f"findings, but exit code {code}"
    if expected == "none" and not kinds and code != 0:
        outcome.complaint = f"exit code {code} instead of 0"
    return outcome


class PatternTests(lit.formats.TestFormat):
    def __init__(self, build, clangxx):
        self.build = pathlib.Path(build)
        self.clangxx = clangxx

    def getTestsInDirectory(self, suite, path, lit_config, config):
        folder = pathlib.Path(suite.getSourcePath(path))
        for source in sorted(folder.glob("*.cpp")):
            yield lit.Test.Test(suite, path + (source.name,), config)

    def execute(self, test, lit_config):
        source = pathlib.Path(test.getSourcePath())
        text = source.read_text()
        expected = dict(EXPECTED.findall(text))
        broken = source.stem.startswith("broken")
        if broken and not {"Static", "Run"} <= set(expected):
            return lit.Test.UNRESOLVED, f"{source}: no Static: or no Run: line"
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program"
            compiled = self.compile(source, program)
            if not program.exists():
                return lit.Test.FAIL, compiled
            code, output, result = self.run(program)
        if result is None:
            return lit.Test.FAIL, f"no result, exit code {code}\n{output}"
        static = judge_static(source, expected, compiled)
        run = judge_run(expected.get("Run", "none"), code, result)
        return self.report(source, broken, static, run, compiled + output)

    def compile(self, source, program):
        """Compiles with analyzer and instrumentation; returns what was said."""
        command = [self.clangxx, f"--config={self.build}/lib/heddle.cfg",
                   "-std=c++17", "-O1", source, "-o", program]
        return subprocess.run(command, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL).stderr

    def run(self, program):
        """One ordinary run: exit code, output, the parsed result or None."""
        out = program.with_name("out")
        command = [self.build / "bin" / "heddle", "run", "--timeout", "20s",
                   "--out", out, "--", program]
        done = subprocess.run(command, capture_output=True, text=True,
                              errors="replace", stdin=subprocess.DEVNULL)
        try:
            result = json.loads((out / "result.json").read_text())
        except OSError:
            result = None
        return done.returncode, done.stdout + done.stderr, result

    def report(self, source, broken, static, run, output):
        """The lines that the score counts, and all output if anything is off."""
        half, _, flavour = source.stem.partition("-")
        name = source.parent.name + (f"-{flavour}" if flavour else "")
        lines = []
        for column, outcome in ("static", static), ("run", run):
            verdict = (("found" if outcome.found else "missed") if broken else
                       ("false" if outcome.found else "silent"))
            why = f" WRONG: {outcome.complaint}" if outcome.complaint else ""
            lines.append(f"pattern {name} {half} {column}: {verdict}{why}")
        failed = static.complaint or run.complaint
        if failed:
            lines.append(output)
        return (lit.Test.FAIL if failed else lit.Test.PASS), "\n".join(lines)
