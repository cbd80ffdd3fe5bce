#!/usr/bin/python3
"""Builds the benchmark programs native, with Heddle and with ThreadSanitizer,
runs them interleaved, and prints time and memory as ratios.

Each round runs every variant of a program once, one after the other, so that
a change of the machine's speed meets them alike. Time is wall-clock time,
memory the maximum resident size; both are medians over the rounds. A program
whose checksum or exit code differs between variants ends the run with 1.
"""
import argparse
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
VARIANTS = ["native", "heddle", "tsan"]


def flags(variant, build):
    """The options that make a program the given variant."""
    return {
        "native": [],
        "heddle": [f"--config={build}/lib/heddle.cfg"],
        "tsan": ["-fsanitize=thread", "-gline-tables-only"],
    }[variant]


def compile_all(programs, options):
    """Returns {(program, variant): path of the executable}."""
    out = os.path.join(options.build, "bench")
    os.makedirs(out, exist_ok=True)
    built = {}
    for name in programs:
        for variant in VARIANTS:
            path = os.path.join(out, f"{name}.{variant}")
            source = os.path.join(HERE, "programs", name + ".cpp")
            command = [options.cxx, *flags(variant, options.build), "-std=c++20",
                       "-O2", "-pthread", source, "-o", path]
            subprocess.run(command, check=True)
            built[name, variant] = path
    return built


def run_once(path, limit):
    """Returns (seconds, KiB, output), or ends the run on a failure.

    /usr/bin/time stands in between, because the peak of a child of Python
    itself would start from Python's own size.
    """
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as peak:
        command = ["/usr/bin/time", "-f", "%M", "-o", peak.name, path]
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True)
        try:
            output = process.communicate(timeout=limit)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            sys.exit(f"run.py: {path} did not end within {limit} s")
        seconds = time.monotonic() - begin
        if process.returncode:
            sys.exit(f"run.py: {path} ended with {process.returncode}:\n"
                     f"{output}")
        return seconds, int(peak.read()), output


def measure(programs, built, rounds, limit):
    """Returns {program: {variant: (seconds, KiB)}}."""
    samples = {}
    for _ in range(rounds):
        for name in programs:
            outputs = set()
            for variant in VARIANTS:
                seconds, kib, output = run_once(built[name, variant],
                                                limit)
                samples.setdefault((name, variant), []).append((seconds, kib))
                outputs.add(output)
            if len(outputs) > 1:
                sys.exit(f"run.py: {name} printed different results: {outputs}")
    return {
        name: {
            variant: tuple(map(statistics.median,
                               zip(*samples[name, variant])))
            for variant in VARIANTS
        }
        for name in programs
    }


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values))


def rows_of(results):
    """One row a program, with its ratios, and a last one with their means."""
    rows = []
    for name, by_variant in results.items():
        row = {"program": name,
               "native_seconds": by_variant["native"][0],
               "native_kib": by_variant["native"][1]}
        for variant in VARIANTS[1:]:
            for index, unit in enumerate(["time", "memory"]):
                ratio = by_variant[variant][index] / by_variant["native"][index]
                row[f"{variant}_{unit}"] = ratio
        row["time_against_tsan"] = row["heddle_time"] / row["tsan_time"]
        row["memory_against_tsan"] = row["heddle_memory"] / row["tsan_memory"]
        rows.append(row)
    mean = {"program": "geometric mean"}
    for key in rows[0]:
        if "heddle" in key or "tsan" in key:
            mean[key] = geometric_mean(row[key] for row in rows)
    return [*rows, mean]


COLUMNS = [
    ("program", "program", "{}"),
    ("native_seconds", "native s", "{:.3f}"),
    ("heddle_time", "Heddle time", "{:.2f}x"),
    ("tsan_time", "TSan time", "{:.2f}x"),
    ("time_against_tsan", "Heddle/TSan", "{:.2f}"),
    ("native_kib", "native KiB", "{:.0f}"),
    ("heddle_memory", "Heddle memory", "{:.2f}x"),
    ("tsan_memory", "TSan memory", "{:.2f}x"),
    ("memory_against_tsan", "Heddle/TSan", "{:.2f}"),
]


def print_table(rows):
    """Prints a Markdown table."""
    print("| " + " | ".join(title for _, title, _ in COLUMNS) + " |")
    print("|---" + "|---:" * (len(COLUMNS) - 1) + "|")
    for row in rows:
        cells = [form.format(row[key]) if key in row else ""
                 for key, _, form in COLUMNS]
        print("| " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs="*", help="default: all")
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build",
                                                        "release"))
    parser.add_argument("--cxx", default="clang++-19")
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=120,
                        help="seconds that one run may take")
    parser.add_argument("--json", metavar="FILE", help="also write the rows")
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    programs = options.programs or sorted(
        os.path.splitext(name)[0]
        for name in os.listdir(os.path.join(HERE, "programs")))
    built = compile_all(programs, options)
    rows = rows_of(measure(programs, built, options.rounds, options.limit))
    print_table(rows)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
