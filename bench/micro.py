#!/usr/bin/python3
"""Prints what single operations cost native, with Heddle and with
ThreadSanitizer, measured in one run, and their ratios.

bench/micro/Operations.cpp is built three times and run in rounds, one variant
after the other; a figure is the least of the rounds.
"""
import argparse
import json
import os
import subprocess
import sys

from run import HERE, VARIANTS, flags


def build_all(options):
    """Returns {variant: path of the executable}."""
    out = os.path.join(options.build, "bench")
    os.makedirs(out, exist_ok=True)
    source = os.path.join(HERE, "micro", "Operations.cpp")
    built = {}
    for variant in VARIANTS:
        built[variant] = os.path.join(out, f"operations.{variant}")
        subprocess.run([options.cxx, *flags(variant, options.build),
                        "-std=c++20", "-O2", "-pthread", source,
                        "-o", built[variant]], check=True)
    return built


def measure(built, rounds):
    """Returns {operation: {variant: figure}}, operations in their order."""
    figures = {}
    for _ in range(rounds):
        for variant in VARIANTS:
            run = subprocess.run([built[variant]], capture_output=True,
                                 text=True, timeout=600)
            if run.returncode:
                sys.exit(f"micro.py: {built[variant]} ended with "
                         f"{run.returncode}:\n{run.stdout}{run.stderr}")
            for line in run.stdout.splitlines():
                name, _, figure = line.partition("\t")
                row = figures.setdefault(name, {})
                row[variant] = min(row.get(variant, 1e12), float(figure))
    return figures


def print_table(figures):
    """Prints a Markdown table."""
    print("| operation | native | Heddle | TSan | Heddle/TSan |")
    print("|---|---:|---:|---:|---:|")
    for name, row in figures.items():
        native, heddle, tsan = (row[variant] for variant in VARIANTS)
        print(f"| {name} | {native:.2f} | {heddle:.2f} | {tsan:.2f} "
              f"| {heddle / tsan:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build",
                                                        "release"))
    parser.add_argument("--cxx", default="clang++-19")
    parser.add_argument("-n", "--rounds", type=int, default=3)
    parser.add_argument("--json", metavar="FILE", help="also write the rows")
    options = parser.parse_args()
    options.build = os.path.abspath(options.build)
    figures = measure(build_all(options), options.rounds)
    print_table(figures)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
