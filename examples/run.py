#!/usr/bin/python3
"""Runs every example, broken and mended, and compares what Heddle finds.

Each half is compiled with the analyzer and the instrumentation at work, then
run under the runtime. The first lines of its source say what is expected:

    // Static: map-unguarded      ids of checks; `-`: no check finds it yet
    // Run: data-race on 'Hits'   kinds of findings, and a part of their title

`none` expects silence, and so does `-`; `// Arguments:` has what the program is
given. Goroutines are scheduled by lots from a fixed seed, so that every run is
the same run; --sched free leaves it to chance. Ends with `demo: N examples, N
as expected` and exits 1 if any is not.
NAME: an example, or one of its halves as in map-counters/broken.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SHOWN = "map-counters"  # the example whose report is printed in full
HEADER = re.compile(r"// (Static|Run|Arguments): (.*)")
DIAGNOSTIC = re.compile(r": (?:warning|error): .*\[([a-z][a-z0-9-]+)\]$")


@dataclasses.dataclass
class Half:
    """One source file: what it expects, and what was found."""
    source: pathlib.Path
    expected: dict = dataclasses.field(default_factory=dict)
    static: list = dataclasses.field(default_factory=list)
    run: list = dataclasses.field(default_factory=list)  # (kind, title)
    trouble: str = ""  # it did not compile, or died
    output: str = ""   # what compiler and program wrote

    @property
    def name(self):
        return f"{self.source.parent.name}/{self.source.stem}"

    def mismatch(self):
        """Why this is not as expected, or ''."""
        if self.trouble:
            return self.trouble
        wanted = self.expected["Static"]
        ids = set() if wanted in ("-", "none") else set(wanted.split(", "))
        if set(self.static) != ids:
            return f"static: {show(self.static)} instead of {wanted}"
        return self.run_mismatch()

    def run_mismatch(self):
        wanted = self.expected["Run"]
        parts = [] if wanted == "none" else wanted.split(", ")
        found = {kind for kind, _ in self.run}
        if found != {part.split()[0] for part in parts}:
            return f"run: {show(found)} instead of {wanted}"
        for part in parts:
            kind, _, text = part.partition(" ")
            if not any(k == kind and text in title for k, title in self.run):
                return f"run: '{self.run[0][1]}' instead of {wanted}"
        return ""


def show(names):
    return ", ".join(sorted(set(names))) or "none"


def read_half(source):
    half = Half(source)
    for line in source.read_text().splitlines():
        if match := HEADER.fullmatch(line):
            half.expected[match[1]] = match[2].strip()
        elif not line.startswith("//"):
            break
    if not {"Static", "Run"} <= set(half.expected):
        sys.exit(f"run.py: error: {source}: no Static: or no Run: line")
    return half


def compile_half(half, build, program):
    command = [build / "bin" / "heddle", "cxx", "-std=c++17", "-O1", "-Wall",
               "-Wextra", half.source, "-o", program]
    done = subprocess.run(command, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    half.output += done.stderr
    for line in done.stderr.splitlines():
        if match := DIAGNOSTIC.search(line):
            half.static.append(match[1])
    if not program.exists():
        half.trouble = "does not compile"


def run_half(half, build, program, sched):
    out = program.with_suffix(".out")
    limit = "2s" if half.expected["Run"] == "timeout" else "60s"
    command = [build / "bin" / "heddle", "run", "--timeout", limit, "--sched",
               sched, "--seed", "1", "--out", out, "--", program,
               *half.expected.get("Arguments", "").split()]
    done = subprocess.run(command, capture_output=True, text=True,
                          errors="replace", stdin=subprocess.DEVNULL)
    half.output += done.stdout + done.stderr
    try:
        result = json.loads((out / "result.json").read_text())
    except OSError:
        half.trouble = f"left no result, exit code {done.returncode}"
        return
    half.run = [(f["kind"], f["title"]) for f in result["findings"]]
    if result["outcome"] == "timed-out":
        half.run.append(("timeout", "time-out"))
    elif result["outcome"] not in ("clean", "findings"):
        half.trouble = f"{result['outcome']}, exit code {done.returncode}"


def try_half(half, build, folder, sched):
    program = pathlib.Path(folder) / half.name.replace("/", "-")
    compile_half(half, build, program)
    if not half.trouble:
        run_half(half, build, program, sched)
    return half


def chosen_halves(names):
    """The sources of the named examples or halves; all without a name."""
    every = [read_half(s) for s in sorted(HERE.glob("*/*.cpp"))]
    if not names:
        return every
    chosen = [h for h in every
              if h.name in names or h.source.parent.name in names]
    if not chosen:
        sys.exit(f"run.py: error: no example is called {' or '.join(names)}")
    return chosen


def cells(half):
    if half is None:
        return ["", ""]
    if half.trouble:
        return [show(half.static), half.trouble]
    static = show(half.static)
    if not half.static and half.expected["Static"] == "-":
        static = "-"
    return [static, show(kind for kind, _ in half.run)]


def rows_of(halves):
    """One row for each pair of halves: map-counters, map-counters (std)."""
    pairs = {}
    for half in halves:
        kind, _, flavour = half.source.stem.partition("-")
        name = half.source.parent.name + (f" ({flavour})" if flavour else "")
        pairs.setdefault(name, {})[kind] = half
    for name, pair in pairs.items():
        bad = [h for h in pair.values() if h.mismatch()]
        yield [name, *cells(pair.get("broken")), *cells(pair.get("mended")),
               "NOT as expected" if bad else "as expected"]


def print_table(rows):
    head = ["example", "broken: static", "broken: run", "mended: static",
            "mended: run", "verdict"]
    widths = [max(len(row[i]) for row in [head, *rows])
              for i in range(len(head))]
    for row in [head, ["-" * w for w in widths], *rows]:
        print("  ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip())


def print_report(half):
    print(f"What Heddle says to examples/{half.name}.cpp, "
          "first as it is compiled, then as it runs:\n")
    print(half.output.replace(f"{HERE.parent}/", ""))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path,
                        default=HERE.parent / "build" / "release")
    parser.add_argument("--sched", default="random", help="random or free")
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    build = options.build.resolve()
    if not (build / "bin" / "heddle").exists():
        sys.exit(f"run.py: error: no heddle in {build}: run tools/dev build")
    halves = chosen_halves(options.names)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        list(pool.map(lambda h: try_half(h, build, folder, options.sched),
                      halves))
    for half in halves:
        if half.name == f"{SHOWN}/broken" and not options.names:
            print_report(half)
    rows = list(rows_of(halves))
    print_table(rows)
    for half in halves:
        if why := half.mismatch():
            print(f"\n{half.name}: {why}\n{half.output}")
    good = sum(row[-1] == "as expected" for row in rows)
    print(f"\n{time.monotonic() - begin:.0f} s; every half lies in examples/")
    print(f"demo: {len(rows)} examples, {good} as expected")
    return 0 if good == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
