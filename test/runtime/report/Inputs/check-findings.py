"""Prints the one findings file of a folder in a few words."""
import json
import os
import sys

folder = sys.argv[1]
(name,) = os.listdir(folder)
with open(os.path.join(folder, name), encoding="utf-8") as file:
    data = json.load(file)
assert name == f"{data['pid']}.json" and data["heddle"] == 1
print("exit", data["exitCode"])
for finding in data["findings"]:
    assert finding["id"] in finding["text"]
    sides = []
    for strand in finding["strands"]:
        user = next(f for f in strand["frames"] if f["user"])
        label = strand["strand"]["label"].split('"', 1)[1][:-1]
        sides.append(f"{strand['what']}:{json.dumps(label)[1:-1]}:"
                     f"{os.path.basename(user['file'])!r}")
    where = finding["location"]
    print(finding["kind"], where["kind"], where["name"], *sides)
