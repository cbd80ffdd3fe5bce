"""Counts the ids of docs/guide/go-semantics.md that have a passing test.

A test cites ids at the beginning of its name, each with an underscore: the
GoogleTest C5_L9_SendOnClosedPanics, the case H3_sendBeforeRecv of a program of
test/runtime/race, the file C10_directions.cpp of test/runtime/go. An id counts
as found if tests cite it and all of them pass.
"""
import collections
import pathlib
import re

from score import FAILED, SKIPPED

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "guide" / "go-semantics.md"
FOLDERS = ["test/unit/go", "test/runtime/go", "test/runtime/race"]
CITES = re.compile(r"(?:[A-Z]\d+_)+")
CASE_LINE = re.compile(r"\bcase (?:no)?race (\S+): (\w+)")
ROW = re.compile(r"^\| ([A-Z]\d+) \|", re.M)


def cited(name):
    """The ids at the beginning of a name."""
    match = CITES.match(name)
    return match[0].strip("_").split("_") if match else []


def passed_of(test):
    """(name, passed) of each test that one result of lit stands for."""
    passed = test["code"] not in FAILED
    for case in CASE_LINE.finditer(test.get("output") or ""):
        yield case[1], passed or case[2] in ("found", "silent")
    for part in test["name"].split(" :: ")[-1].split("/"):
        yield part, passed


def show(results):
    ids = ROW.findall(TABLE.read_text())
    passes = collections.defaultdict(list)
    for test in results:
        if test["code"] in SKIPPED:
            continue
        for name, passed in passed_of(test):
            for each in cited(name):
                passes[each].append(passed)
    found = [i for i in ids if passes[i] and all(passes[i])]
    print(f"golib: found {len(found)}/{len(ids)}")
    for title, missing in [
            ("no test", [i for i in ids if not passes[i]]),
            ("failing", [i for i in ids if not all(passes[i])]),
            ("not in the table", sorted(set(passes) - set(ids)))]:
        if missing:
            print(f"golib: {title}: {' '.join(missing)}")
