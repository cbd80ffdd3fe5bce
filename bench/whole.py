#!/usr/bin/python3
"""Measures the analysis of whole programs against the size of their code.

    bench/whole.py --build build/release [--files 25,50,100,200] [--jobs N]
    bench/whole.py --build build/release --plugin [FILE ...]

The first form generates programs of so many files and prints, for each, the
processor time and the memory of `heddle check` with nothing cached, the time of
a second run with nothing changed, and of a run after one source file has
changed. A file has
twenty functions: locks, containers, a worker thread, and calls into the files
beside it.

The second form compiles each file (all programs of the checks, if none is
named) with and without the plugin, in turn, and prints what the plugin adds:
processor time, which other work on the machine disturbs least, as the least of
the rounds.
"""
import argparse
import glob
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(HERE)

HEADER = """#pragma once
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
struct Store{I} {{
  void put(const std::string &Key, int Value);
  int get(const std::string &Key);
  void start();
  void stop();
  std::mutex Mu;
  std::map<std::string, int> Data;
  std::vector<int> Log;
  std::thread Worker;
}};
extern Store{I} TheStore{I};
void step{I}(int N);
"""
SOURCE_TOP = """#include "store{I}.h"
#include "store{J}.h"
Store{I} TheStore{I};
void Store{I}::put(const std::string &Key, int Value) {{
  std::lock_guard<std::mutex> Guard(Mu);
  Data[Key] = Value;
}}
int Store{I}::get(const std::string &Key) {{
  std::lock_guard<std::mutex> Guard(Mu);
  auto It = Data.find(Key);
  return It == Data.end() ? 0 : It->second;
}}
void Store{I}::start() {{
  Worker = std::thread([this] {{
    for (int I = 0; I < 10; ++I)
      put(std::to_string(I), I);
  }});
}}
void Store{I}::stop() {{
  if (Worker.joinable())
    Worker.join();
}}
void step{I}(int N) {{
  TheStore{I}.start();
  if (N > 0)
    step{J}(N - 1);
  TheStore{I}.stop();
}}
"""
FUNCTION = """static int part{I}_{K}(int N) {{
  int Sum = 0;
  for (int I = 0; I < N; ++I)
    Sum += TheStore{I}.get(std::to_string(I)) * {K};
  if (Sum > {K})
    TheStore{J}.put("sum", Sum);
  else
    TheStore{I}.Log.push_back(Sum);
  return Sum;
}}
"""


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def generate(folder, count):
    """Writes a program of `count` files and its compilation database."""
    commands = []
    for i in range(count):
        j = (i + 1) % count
        write(f"{folder}/store{i}.h", HEADER.format(I=i))
        text = SOURCE_TOP.format(I=i, J=j)
        text += "".join(FUNCTION.format(I=i, J=j, K=k) for k in range(14))
        text += f"int all{i}(int N) {{\n  int Sum = 0;\n"
        text += "".join(f"  Sum += part{i}_{k}(N);\n" for k in range(14))
        text += "  return Sum;\n}\n"
        if i == 0:
            text += "int main() { step0(3); }\n"
        write(f"{folder}/store{i}.cpp", text)
        commands.append({"directory": folder, "file": f"{folder}/store{i}.cpp",
                         "command": f"c++ -std=c++20 -c {folder}/store{i}.cpp"})
    write(f"{folder}/compile_commands.json", json.dumps(commands))


def measure(command):
    """Returns (processor seconds, MiB, exit code) of a run."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as out:
        code = subprocess.run(
            ["/usr/bin/time", "-f", "%U %S %M", "-o", out.name, *command],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False).returncode
        user, system, kib = out.read().split("\n")[-2].split()
    return float(user) + float(system), int(kib) / 1024, code


def curve(options):
    print("| files | lines | first run s | MiB | s per 1,000 lines | "
          "nothing changed s | of the first | one file changed s |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for count in map(int, options.files.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            generate(folder, count)
            lines = sum(len(open(f, encoding="utf-8").readlines())
                        for f in glob.glob(f"{folder}/store*"))
            command = [f"{options.build}/bin/heddle", "check", "-p", folder,
                       "-j", str(options.jobs), "--out", f"{folder}/out"]
            first, memory, code = measure(command)
            if code not in (0, 1):
                sys.exit(f"heddle check ended with {code}")
            again, _, _ = measure(command)
            with open(f"{folder}/store1.cpp", "a", encoding="utf-8") as file:
                file.write("// changed\n")
            one, _, _ = measure(command)
        print(f"| {count} | {lines} | {first:.1f} | {memory:.0f} | "
              f"{1000 * first / lines:.2f} | {again:.2f} | "
              f"{100 * again / first:.1f} % | {one:.2f} |", flush=True)


def processor_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime +
                                                before.ru_stime)


def plugin(options):
    files = options.sources or sorted(
        glob.glob(f"{SOURCE}/analyzer/checks/*/*.cpp"))
    files = [f for f in files if not f.endswith("Check.cpp")]
    common = [options.cxx, "-std=c++20", "-O1", "-isystem",
              f"{options.build}/include", "-c", "-o", "/dev/null"]
    with_plugin = [f"-fplugin={options.build}/lib/heddle.so"]
    no_summary = with_plugin + ["-fplugin-arg-heddle-no-summary"]
    ratios, totals = [], [0.0, 0.0, 0.0]
    for file in files:
        least = [min(times) for times in zip(*(
            [processor_seconds(common + extra + [file])
             for extra in ([], no_summary, with_plugin)]
            for _ in range(options.rounds)))]
        ratios.append(least[2] / least[0])
        totals = [a + b for a, b in zip(totals, least)]
        if options.verbose:
            print(f"{os.path.relpath(file, SOURCE)}: {least[0]:.2f} s, "
                  f"+{100 * (least[1] / least[0] - 1):.1f} %, with summary "
                  f"+{100 * (least[2] / least[0] - 1):.1f} %", flush=True)
    print(f"{len(files)} files, {totals[0]:.1f} s of processor time: analysis "
          f"+{100 * (totals[1] / totals[0] - 1):.1f} %, with summaries "
          f"+{100 * (totals[2] / totals[0] - 1):.1f} %; median of the files "
          f"+{100 * (statistics.median(ratios) - 1):.1f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=f"{SOURCE}/build/release")
    parser.add_argument("--files", default="25,50,100,200")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--plugin", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--cxx", default="clang++-19")
    parser.add_argument("sources", nargs="*")
    options = parser.parse_args()
    (plugin if options.plugin else curve)(options)


if __name__ == "__main__":
    main()
