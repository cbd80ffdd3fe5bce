"""Counts test results by group: what is found, what is false, what crashes.

A test's name tells what it expects (docs/guide/score.md); a test that runs many
cases (test/cases, test/patterns) counts by the lines it prints for them, not as
one:
  found   a test that expects findings and gets just them
  false   a test that expects silence and does not get it
  gaps    known-gap-* tests
  crashes tests that ended by a signal or ran out of time
"""
import collections
import os
import re

FAILED = {"FAIL", "XPASS", "TIMEOUT", "UNRESOLVED"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}
SILENT = re.compile(r"no[a-z]+-|good|mended-")
CRASHED = re.compile(r"exit status: (-\d+|13[0-9])|Segmentation fault|Aborted"
                     r"|Illegal instruction|heddle: internal|Floating point")
CASE = re.compile(r"\bcase (no)?race \S+: (\w+)")
PATTERN = re.compile(r"\bpattern (\S+) (broken|mended) (static|run): (\w+)")
FIRST = ["exact", "litmus", "race", "stacks", "stress"]


def group_of(name):
    """'heddle :: runtime/race/chan/race-x.cpp' -> 'race'."""
    suite, _, path = name.partition(" :: ")
    folder = os.path.dirname(path)
    if suite != "heddle" or not folder:
        return suite
    folder = folder.removeprefix("runtime/")
    return "race" if folder.startswith("race/") else folder


def is_in(group, wanted):
    return not wanted or group == wanted or group.startswith(wanted + "/")


def has_crashed(test):
    return test["code"] == "TIMEOUT" or (
        test["code"] in FAILED and CRASHED.search(test.get("output", "")))


def count_cases(test, counter):
    """Counts the cases of a test; returns whether it has any."""
    cases = CASE.findall(test.get("output") or "")
    for silent, result in cases:
        if silent:
            counter["silent"] += 1
            counter["false"] += result != "silent"
        else:
            counter["all"] += 1
            counter["found"] += result == "found"
    return bool(cases)


def count(results):
    """{group: Counter}; what this machine cannot run is left out."""
    groups = collections.defaultdict(collections.Counter)
    for test in results:
        if test["code"] in SKIPPED:
            continue
        stem = os.path.basename(test["name"].split(" :: ")[-1])
        counter = groups[group_of(test["name"])]
        bad = test["code"] in FAILED
        if stem.startswith("known-gap-") or test["code"] == "XFAIL":
            counter["gaps"] += 1
        elif count_cases(test, counter):
            pass
        elif SILENT.match(stem):
            counter["silent"] += 1
            counter["false"] += bad
        else:
            counter["all"] += 1
            counter["found"] += not bad
        counter["crashes"] += bool(has_crashed(test))
    return groups


def count_patterns(results):
    """{group: {half: [(name, counts)]}}: does its half of a pattern count?"""
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for test in results:
        for name, half, column, verdict in PATTERN.findall(
                test.get("output") or ""):
            groups[f"patterns-{column}"][half].append(
                (name, verdict in ("found", "false")))
    return groups


def show_patterns(group, halves):
    """What is found of the broken, what is false of the mended, by name."""
    def of(half, flavour, counted):
        return sorted(name for name, counts in halves[half]
                      if counts == counted and name.endswith("-std") == flavour)

    parts = []
    for flavour, label in (False, ""), (True, "on std: "):
        found, missed = (of("broken", flavour, c) for c in (True, False))
        false, silent = (of("mended", flavour, c) for c in (True, False))
        parts.append(f"{label}found {len(found)} of {len(found + missed)}, "
                     f"false {len(false)} of {len(false + silent)}")
    print(f"{group}: {'; '.join(parts)}")
    for word, half, counted in (("missed", "broken", False),
                                ("false", "mended", True)):
        names = of(half, False, counted) + of(half, True, counted)
        if names:
            print(f"  {word}: {' '.join(names)}")


def rank(group):
    return (FIRST.index(group) if group in FIRST else len(FIRST), group)


def show(results, wanted):
    others = [t for t in results if not PATTERN.search(t.get("output") or "")]
    for group, n in sorted(count(others).items(), key=lambda g: rank(g[0])):
        if is_in(group, wanted):
            print(f"{group}: found {n['found']}/{n['all']}, "
                  f"false {n['false']}/{n['silent']}, "
                  f"known gaps {n['gaps']}, crashes {n['crashes']}")
    for group, halves in sorted(count_patterns(results).items()):
        if is_in(group, wanted):
            show_patterns(group, halves)
