# Compares what is reported about a file with the marks in it.
#
#   marked.py FILE CHECK -- compiler command
#
# A line that ends in `// bug: CHECK` must be reported by CHECK, all others must
# not. `// missed: CHECK` marks a known gap: it must not be reported either, so
# that a gap that closes is noticed. Anything else that the compiler says fails.
import re
import subprocess
import sys

source, check, _, *command = sys.argv[1:]
result = subprocess.run(command + [source], capture_output=True, text=True)
marks = {
    number
    for number, line in enumerate(open(source), 1)
    if re.search(r"// bug: " + re.escape(check) + r"\b", line)
}
found = {}
for line in result.stderr.splitlines():
    match = re.match(r"(.*?):(\d+):\d+: (warning|error|fatal error): (.*)", line)
    if match:
        known = match[4].endswith(f"[{check}]") and match[1] == source
        found.setdefault(int(match[2]) if known else 0, []).append(line)
unexpected = sorted(set(found) - marks)
missing = sorted(marks - set(found))
for number in unexpected:
    print("not expected:", *found[number], sep="\n  ")
for number in missing:
    print(f"not reported: {source}:{number}")
if result.returncode:
    print(f"compiler: exit code {result.returncode}\n{result.stderr}")
print(f"{len(marks) - len(missing)} of {len(marks)} found, {len(unexpected)} false")
sys.exit(bool(unexpected or missing or result.returncode))
