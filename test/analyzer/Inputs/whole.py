# Analyses the sources of a folder as one program, twice, and compares what is
# reported with the marks in them.
#
#   whole.py FOLDER HEDDLE -- compiler command
#
# Once `heddle check` sees the sources; once they are compiled and `heddle link`
# sees the objects. Both must report each line that ends in `// bug: ID`, by
# that check, and nothing else, and nothing twice.
import collections
import glob
import os
import re
import subprocess
import sys

folder, heddle, _, *compiler = sys.argv[1:]
sources = sorted(glob.glob(f"{folder}/*.cpp"))
flags = [f for f in compiler[1:] if not f.startswith("-fplugin")]
REPORT = re.compile(r"(.*?):(\d+):\d+: (?:warning|error|fatal error): .* "
                    r"\[([\w-]+)\]$")


def marks():
    found = collections.Counter()
    for path in glob.glob(f"{folder}/*"):
        if os.path.isfile(path):
            for number, line in enumerate(open(path, errors="replace"), 1):
                if match := re.search(r"// bug: ([\w-]+)", line):
                    found[os.path.basename(path), number, match[1]] += 1
    return found


def reports(text):
    found = collections.Counter()
    for line in text.splitlines():
        if match := REPORT.match(line):
            name = os.path.basename(match[1])
            found[name, int(match[2]), match[3]] += 1
        elif ": error: " in line:
            sys.exit(line)
    return found


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    return result.stdout + result.stderr


def check():
    return run([heddle, "check", "--out", f"{folder}/check", *sources, "--",
                *flags])


def link():
    text, objects = "", []
    for source in sources:
        objects.append(source + ".o")
        text += run([*compiler, "-c", source, "-o", objects[-1]])
    return text + run([heddle, "link", "--out", f"{folder}/link", *objects])


expected, failed = marks(), False
for how in (check, link):
    text = how()
    found = reports(text)
    for kind, some in [("not expected", found - expected),
                       ("not reported", expected - found)]:
        for file, line, check_id in sorted(some):
            print(f"{how.__name__}: {kind}: {file}:{line} [{check_id}]")
            failed = True
    if failed:
        print(text)
print(f"{sum(expected.values())} expected")
sys.exit(failed)
